package io.postgresloader.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that the user probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The candidate nearest to {@code name}, ignoring case; empty when none shares three letters of four. */
    public static Optional<String> to(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int most = Math.max(1, wanted.length() / 4);
        return candidates.stream()
                .filter(c -> distance(wanted, c.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt(c -> distance(wanted, c.toLowerCase(Locale.ROOT))));
    }

    /** {@code did you mean load? allowed: load, lookback}; without the question if no candidate is similar. */
    public static String hint(String name, Collection<String> candidates) {
        return to(name, candidates).map(near -> "did you mean " + near + "? ").orElse("") + "allowed: "
                + String.join(", ", candidates);
    }

    /** Levenshtein's distance: how many letters were added, left out or replaced. */
    public static int distance(String a, String b) {
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
