package io.postgresloader.config.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a connection is protected: PostgreSQL's names, for both databases. */
public enum TlsMode {
    /** Never encrypted. */
    DISABLE,
    /** Encrypted if the server supports TLS; an attacker in between can prevent it. */
    PREFER,
    /** Always encrypted; the identity of the server is not checked. */
    REQUIRE,
    /** Always encrypted, and the server's certificate comes from a trusted CA. */
    VERIFY_CA,
    /** As {@link #VERIFY_CA}, and the certificate is for the host that the URL names. */
    VERIFY_FULL;

    /** As the settings and PostgreSQL's driver write it, e.g. {@code verify-full}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the server's certificate is checked. */
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
