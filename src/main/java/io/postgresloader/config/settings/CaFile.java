package io.postgresloader.config.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** A PEM file with the certificates of CAs. */
public final class CaFile {
    private CaFile() {}

    /**
     * The certificates in the file.
     *
     * @throws IOException if the file is not readable
     * @throws CertificateException if the file contains no certificate, or anything else
     */
    public static List<Certificate> read(Path file) throws IOException, CertificateException {
        byte[] content = Files.readAllBytes(file);
        List<Certificate> certificates = List.copyOf(
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return certificates;
    }
}
