package io.postgresloader.dbt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of dbt that reads the files.
 *
 * @param major the number before the first point
 * @param minor the number after it
 */
public record DbtVersion(int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(\\.\\d+)?");

    /** Earlier versions do not know the key {@code data_tests}. */
    private static final DbtVersion OLDEST = new DbtVersion(1, 8);

    private static final DbtVersion CONFIGURED_SOURCES = new DbtVersion(1, 10);

    /** What is allowed, for messages. */
    public static final String ALLOWED = "a version from " + OLDEST + " on, such as 1.10";

    /** The version of a text like {@code 1.10} or {@code 1.9.4}; empty if it is none, or too old. */
    public static Optional<DbtVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        DbtVersion version = new DbtVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return Optional.of(version).filter(found -> found.atLeast(OLDEST));
    }

    /**
     * Whether it knows {@code loaded_at_query}, and has the settings of sources and arguments of tests in places of
     * their own.
     */
    boolean configuresSources() {
        return atLeast(CONFIGURED_SOURCES);
    }

    private boolean atLeast(DbtVersion other) {
        return major > other.major || major == other.major && minor >= other.minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
