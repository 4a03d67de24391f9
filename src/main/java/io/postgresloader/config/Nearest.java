package io.postgresloader.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the name that the user probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The candidate nearest to {@code name}, ignoring case; empty when none shares three letters of four. */
    public static Optional<String> to(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return to(
                wanted, candidates, Math.max(1, wanted.length() / 4), candidate -> candidate.toLowerCase(Locale.ROOT));
    }

    /** The candidate nearest to {@code name}, in the same case; empty when each needs more than {@code most} changes. */
    public static Optional<String> within(int most, String name, Collection<String> candidates) {
        return to(name, candidates, most, candidate -> candidate);
    }

    private static Optional<String> to(
            String wanted, Collection<String> candidates, int most, UnaryOperator<String> spelling) {
        return candidates.stream()
                .filter(candidate -> distance(wanted, spelling.apply(candidate)) <= most)
                .min(Comparator.comparingInt(candidate -> distance(wanted, spelling.apply(candidate))));
    }

    /** {@code did you mean load? allowed: load, lookback}; without the question if no candidate is similar. */
    public static String hint(String name, Collection<String> candidates) {
        return to(name, candidates).map(near -> "did you mean " + near + "? ").orElse("") + "allowed: "
                + String.join(", ", candidates);
    }

    /** Levenshtein's distance: how many letters were added, left out or replaced. */
    private static int distance(String a, String b) {
        // One row of the table of distances at a time.
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
