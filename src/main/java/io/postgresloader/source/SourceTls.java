package io.postgresloader.source;

import io.postgresloader.config.PemFile;
import io.postgresloader.config.Settings;
import io.postgresloader.config.TlsMode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;

/** Encryption as Connector/J has it: other names for the modes, and a key store where others read PEM. */
final class SourceTls {
    private static final Map<TlsMode, String> MODES = Map.of(
            TlsMode.DISABLE, "DISABLED",
            TlsMode.PREFER, "PREFERRED",
            TlsMode.REQUIRE, "REQUIRED",
            TlsMode.VERIFY_CA, "VERIFY_CA",
            TlsMode.VERIFY_FULL, "VERIFY_IDENTITY");

    /** Of a store of certificates, which are public: it has to have one. */
    private static final String STORE_PASSWORD = "certificates";

    private SourceTls() {}

    /** The driver's properties. */
    static Map<String, String> properties(Settings.Tls tls) {
        Map<String, String> properties = new HashMap<>();
        if (tls.mode() == TlsMode.AS_IN_URL) {
            return properties;
        }
        properties.put("sslMode", MODES.get(tls.mode()));
        tls.ca().ifPresent(file -> {
            properties.put("trustCertificateKeyStoreUrl", store(file).toUri().toString());
            properties.put("trustCertificateKeyStoreType", "PKCS12");
            properties.put("trustCertificateKeyStorePassword", STORE_PASSWORD);
            properties.put("fallbackToSystemTrustStore", "false");
        });
        return properties;
    }

    /** A key store of the file's certificates, until the process ends. */
    private static Path store(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate : PemFile.certificates(pem)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            Path file = Files.createTempFile("postgres-loader-ca", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, STORE_PASSWORD.toCharArray());
            }
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates of " + pem + " cannot be handed to the driver", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates of " + pem + " cannot be handed to the driver", e);
        }
    }
}
