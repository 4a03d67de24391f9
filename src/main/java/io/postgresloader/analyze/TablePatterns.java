package io.postgresloader.analyze;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Patterns of table names to exclude. A pattern matches whole words of a name, case-insensitively; several words are
 * joined by {@code _}. {@code bak} matches claim_bak but not bakery. {@code *} matches any characters within a word.
 */
public final class TablePatterns {
    private final List<String> patterns;

    public TablePatterns(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** The first pattern that matches the table; empty if none matches. */
    public Optional<String> matching(String table) {
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
