package io.postgresloader.config.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far a connection is protected: PostgreSQL's names, for both databases. */
public enum TlsMode {
    /** Never encrypted. */
    DISABLE,
    /** Encrypted if the server does so; whoever is in between can prevent it. */
    PREFER,
    /** Always encrypted, whoever the server is. */
    REQUIRE,
    /** And the server's certificate comes from a known CA. */
    VERIFY_CA,
    /** And it is for the host that the URL names. */
    VERIFY_FULL;

    /** As the settings and PostgreSQL's driver write it, e.g. {@code verify-full}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the server's certificate is looked at. */
    public boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    static Optional<TlsMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    static String texts() {
        return Arrays.stream(values()).map(TlsMode::text).collect(Collectors.joining(", "));
    }
}
