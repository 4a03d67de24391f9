package io.postgresloader.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** Certificates as PEM. */
public final class PemFile {
    private PemFile() {}

    /**
     * All certificates of a file.
     *
     * @throws CertificateException when it holds anything else
     */
    public static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream text = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(text);
        }
    }

    static boolean holdsCertificates(Path file) {
        try {
            return !certificates(file).isEmpty();
        } catch (IOException | CertificateException e) {
            return false;
        }
    }
}
