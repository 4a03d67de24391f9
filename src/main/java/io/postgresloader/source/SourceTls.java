package io.postgresloader.source;

import io.postgresloader.config.settings.CaFile;
import io.postgresloader.config.settings.Tls;
import io.postgresloader.config.settings.TlsMode;
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

/** Connector/J's properties for TLS. */
final class SourceTls {
    private static final String STORE_TYPE = "PKCS12";

    /** Not a secret: the driver requires a password, and the store holds public certificates only. */
    private static final String STORE_PASSWORD = "certificates";

    private SourceTls() {}

    /** The driver's properties; none where the URL decides. */
    static Map<String, String> properties(Tls tls) {
        Map<String, String> properties = new HashMap<>();
        tls.mode().ifPresent(mode -> properties.put("sslMode", driverName(mode)));
        tls.ca().ifPresent(ca -> {
            properties.put("trustCertificateKeyStoreUrl", trustStore(ca).toUri().toString());
            properties.put("trustCertificateKeyStoreType", STORE_TYPE);
            properties.put("trustCertificateKeyStorePassword", STORE_PASSWORD);
            properties.put("fallbackToSystemTrustStore", "false");
        });
        return properties;
    }

    private static String driverName(TlsMode mode) {
        return switch (mode) {
            case DISABLE -> "DISABLED";
            case PREFER -> "PREFERRED";
            case REQUIRE -> "REQUIRED";
            case VERIFY_CA -> "VERIFY_CA";
            case VERIFY_FULL -> "VERIFY_IDENTITY";
        };
    }

    /** The driver reads no PEM: the certificates go into a file of its kind, which is removed when Java ends. */
    private static Path trustStore(Path ca) {
        try {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CaFile.read(ca)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            Path file = Files.createTempFile("postgres-loader-ca", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, STORE_PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates of " + ca + " cannot be copied for the driver", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates of " + ca + " cannot be used", e);
        }
    }
}
