package io.postgresloader.config.settings;

import io.postgresloader.config.Problems;
import io.postgresloader.config.SystemCharset;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the TLS settings of one database. Settings that would protect less than they seem to are not allowed: a CA that
 * is not used, and a URL that sets the same parameters.
 */
final class TlsRules {
    private static final String NAME_A_FILE = "name a PEM file with the certificates of the CAs to trust";

    static final TlsRules SOURCE = new TlsRules(
            Setting.SOURCE_URL,
            Setting.SOURCE_TLS_MODE,
            Setting.SOURCE_TLS_CA,
            List.of(
                    "sslMode",
                    "useSSL",
                    "requireSSL",
                    "verifyServerCertificate",
                    "trustCertificateKeyStoreUrl",
                    "trustCertificateKeyStoreType",
                    "fallbackToSystemTrustStore",
                    "trustManagerFactoryProvider",
                    "keyStoreProvider",
                    "sslContextProvider",
                    "fipsCompliantJsse"));
    static final TlsRules TARGET = new TlsRules(
            Setting.TARGET_URL,
            Setting.TARGET_TLS_MODE,
            Setting.TARGET_TLS_CA,
            List.of("ssl", "sslmode", "sslrootcert", "sslfactory", "sslfactoryarg", "sslhostnameverifier"));

    private final Setting url;
    private final Setting mode;
    private final Setting ca;
    private final List<String> parameters;

    /** @param parameters URL parameters with the meaning of a setting; others, such as a client's key, are allowed */
    private TlsRules(Setting url, Setting mode, Setting ca, List<String> parameters) {
        this.url = url;
        this.mode = mode;
        this.ca = ca;
        this.parameters = parameters;
    }

    /** @param values finds the value of a setting; empty if none is set */
    Tls read(Function<Setting, Optional<SettingValue>> values, Problems problems) {
        Optional<SettingValue> givenMode = values.apply(mode).filter(TlsRules::isGiven);
        Optional<SettingValue> givenCa = values.apply(ca).filter(TlsRules::isGiven);
        Optional<TlsMode> read = givenMode.flatMap(v -> mode(v, problems));
        if (givenMode.isPresent()) {
            values.apply(url).ifPresent(v -> checkUrl(v, problems));
        }
        boolean needsCa = read.filter(m -> m == TlsMode.VERIFY_CA).isPresent();
        if (needsCa && givenCa.isEmpty()) {
            givenMode.ifPresent(
                    v -> v.problem("verify-ca requires " + ca.property(), NAME_A_FILE + " there", problems));
        }
        boolean unused = givenMode.isEmpty() || read.filter(m -> !m.verifies()).isPresent();
        if (unused) {
            givenCa.ifPresent(v -> v.problem(
                    "a CA is used only with verify-ca and verify-full",
                    "set " + mode.property() + " to one of these, or leave " + ca.property() + " empty",
                    problems));
        }
        return new Tls(read, givenCa.flatMap(v -> caFile(v, problems)));
    }

    private static boolean isGiven(SettingValue value) {
        return !value.text().isBlank();
    }

    private static Optional<TlsMode> mode(SettingValue value, Problems problems) {
        String text = value.text().strip();
        Optional<TlsMode> mode = TlsMode.of(text);
        if (mode.isEmpty()) {
            String allowed = "allowed: " + TlsMode.texts() + ", or empty for what the URL says";
            value.problem("'" + text + "' is not a TLS mode", allowed, problems);
        }
        return mode;
    }

    private void checkUrl(SettingValue value, Problems problems) {
        new JdbcUrl(value.text()).parametersAmong(parameters).forEach(parameter -> {
            String allowed = "remove the parameter, or leave " + mode.property() + " empty";
            value.problem(
                    "the URL parameter " + parameter + " and " + mode.property() + " are both set", allowed, problems);
        });
    }

    private static Optional<Path> caFile(SettingValue value, Problems problems) {
        String text = value.text().strip();
        if (text.contains("\n") || text.contains("-----BEGIN")) {
            value.problem("the value is a certificate or a key (not shown), not a path", NAME_A_FILE, problems);
            return Optional.empty();
        }
        try {
            Path file = Path.of(text);
            CaFile.read(file);
            return Optional.of(file);
        } catch (InvalidPathException noPath) {
            SystemCharset charset = SystemCharset.ofArguments();
            if (charset.lacks(text)) {
                value.problem(charset.found("the path"), SystemCharset.ALLOWED, problems);
            } else {
                value.problem("not a valid path", NAME_A_FILE, problems);
            }
        } catch (IOException unreadable) {
            value.problem("'" + text + "' is not a readable file", NAME_A_FILE, problems);
        } catch (CertificateException noCertificates) {
            value.problem("'" + text + "' is not a PEM file of certificates", NAME_A_FILE, problems);
        }
        return Optional.empty();
    }
}
