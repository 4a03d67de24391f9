package io.postgresloader.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Issues certificates to servers, with the tool that comes with Java. */
public final class CertificateAuthority {
    private static final String PASSWORD = "certificates";
    private static final String OWN = "ca";

    private final Path directory;

    /** @param directory for keys and certificates; it must not be there yet */
    public CertificateAuthority(Path directory) {
        try {
            this.directory = Files.createDirectories(directory).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        makeKey(OWN, "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
        pem(OWN);
    }

    /**
     * What a server needs to show who it is.
     *
     * @param certificate a PEM file
     * @param key a PEM file that only its owner can read
     */
    public record Identity(Path certificate, Path key) {}

    /** A certificate for a server of these names, e.g. {@code dns:localhost,ip:127.0.0.1}, that is valid now. */
    public Identity issue(String name, String hosts) {
        return issue(name, hosts, "-1d", "30");
    }

    /** Such a certificate that has expired. */
    public Identity issueExpired(String name, String hosts) {
        return issue(name, hosts, "-30d", "10");
    }

    private Identity issue(String name, String hosts, String start, String days) {
        makeKey(name, "-signer", OWN, "-ext", "san=" + hosts, "-startdate", start, "-validity", days);
        return new Identity(pem(name), keyPem(name));
    }

    /** The PEM file with its own certificate. */
    public Path certificate() {
        return directory.resolve(OWN + ".pem");
    }

    /** Options for a Java that trusts this authority and no other. */
    public List<String> trustedByJava() {
        Path file = directory.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(OWN, keys().getCertificate(OWN));
            trusted.store(out, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return List.of(
                "-Djavax.net.ssl.trustStore=" + file,
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private void makeKey(String name, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
        command.addAll(List.of(options));
        try {
            Process tool = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("keytool.log").toFile())
                    .start();
            if (tool.waitFor() != 0) {
                throw new AssertionError(Files.readString(directory.resolve("keytool.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path pem(String name) {
        try {
            return write(
                    name + ".pem", "CERTIFICATE", keys().getCertificate(name).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Path keyPem(String name) {
        try {
            return write(
                    name + ".key",
                    "PRIVATE KEY",
                    keys().getKey(name, PASSWORD.toCharArray()).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Path write(String file, String kind, byte[] content) throws IOException {
        Path path = directory.resolve(file);
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(path, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
}
