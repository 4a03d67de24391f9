package io.postgresloader.analyze;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of tables that are left out. A pattern is a whole word of a name, or several joined by {@code _}, in any case:
 * {@code bak} leaves out claim_bak and not bakery; {@code *} stands for any characters.
 */
public final class TablePatterns {
    private final List<String> patterns;

    public TablePatterns(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** The pattern that leaves the table out; empty: none does. */
    public Optional<String> leavesOut(String table) {
        String[] words = NameHint.words(table);
        return patterns.stream().filter(pattern -> matches(pattern, words)).findFirst();
    }

    private static boolean matches(String pattern, String[] words) {
        String expression = Arrays.stream(pattern.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(java.util.regex.Pattern::quote)
                .reduce((one, other) -> one + "[^_]*" + other)
                .orElseThrow();
        String joined = "_" + String.join("_", words) + "_";
        return java.util.regex.Pattern.compile("_" + expression + "_")
                .matcher(joined)
                .find();
    }
}
