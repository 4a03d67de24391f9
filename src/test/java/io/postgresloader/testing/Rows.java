package io.postgresloader.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what a query returned from the target with what it should have. */
public final class Rows {
    private static final int SHOWN = 5;

    private Rows() {}

    /** Fails unless both have the same rows, and then shows a few of the others rather than thousands of rows. */
    public static void assertSame(List<String> actual, List<String> expected) {
        assertThat(without(expected, actual)).as("rows lost or stale").isEmpty();
        assertThat(without(actual, expected)).as("rows that should not be").isEmpty();
        assertThat(actual).hasSameSizeAs(expected);
    }

    private static List<String> without(List<String> rows, List<String> others) {
        Set<String> known = new HashSet<>(others);
        return rows.stream().filter(row -> !known.contains(row)).limit(SHOWN).toList();
    }
}
