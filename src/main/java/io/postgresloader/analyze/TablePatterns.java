package io.postgresloader.analyze;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of tables that are left out. A pattern is a whole word of a name, or several joined by {@code _}, in any case:
 * {@code bak} leaves out claim_bak and not bakery; {@code *} stands for any characters of a word.
 */
public final class TablePatterns {
    private final List<String> patterns;

    public TablePatterns(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** The pattern that leaves the table out; empty: none does. */
    public Optional<String> leavesOut(String table) {
        String words = "_" + String.join("_", NameHint.words(table)) + "_";
        return patterns.stream()
                .filter(pattern -> expression(pattern).matcher(words).find() || pattern.equalsIgnoreCase(table))
                .findFirst();
    }

    private static Pattern expression(String pattern) {
        String words =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^_]*"));
        return Pattern.compile("_" + words + "_", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
