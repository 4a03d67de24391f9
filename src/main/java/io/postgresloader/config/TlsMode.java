package io.postgresloader.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a connection is encrypted, by the names that PostgreSQL gives to {@code sslmode}. */
public enum TlsMode {
    /** What the URL says, or else what the driver does by itself: {@link #PREFER}. */
    AS_IN_URL,
    /** Never: everything can be read on the way. */
    DISABLE,
    /** Where the server offers it; whoever sits on the way can talk it out of that. */
    PREFER,
    /** Always, with whoever answers. */
    REQUIRE,
    /** Always, with a server that has a certificate of the given authority. */
    VERIFY_CA,
    /** Always, with a server whose certificate of that authority names the host of the URL. */
    VERIFY_FULL;

    /** Empty text: {@link #AS_IN_URL}; empty answer: there is no such mode. */
    static Optional<TlsMode> of(String text) {
        return text.isEmpty()
                ? Optional.of(AS_IN_URL)
                : Arrays.stream(values())
                        .filter(mode -> mode != AS_IN_URL && mode.word().equals(text))
                        .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values())
                .filter(mode -> mode != AS_IN_URL)
                .map(TlsMode::word)
                .toList();
    }

    /** The name in settings, e.g. {@code verify-full}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a server without TLS is refused. */
    public boolean demands() {
        return compareTo(REQUIRE) >= 0;
    }
}
