package io.postgresloader.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A statement with names in braces, for example {@code SELECT {key} FROM {table}}, each replaced by SQL text. A name may
 * have an alias in front: {@code {s.columns}}. What replaces a name is not searched for names.
 *
 * @param text the statement
 * @param values the SQL text by name
 */
record SqlTemplate(String text, Map<String, String> values) {
    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z.]+)}");

    SqlTemplate {
        values = Map.copyOf(values);
    }

    static SqlTemplate of(String text) {
        return new SqlTemplate(text, Map.of());
    }

    /** The names that the statement has. */
    Set<String> names() {
        return NAME.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @throws IllegalArgumentException when the statement does not have this name */
    SqlTemplate with(String name, String sql) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "the statement has no {" + name + "}; it has " + listed(names()) + ": " + text);
        }
        Map<String, String> more = new HashMap<>(values);
        more.put(name, sql);
        return new SqlTemplate(text, more);
    }

    /** @throws IllegalArgumentException when a name of the statement has no value */
    String sql() {
        Set<String> missing = names();
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "no SQL was given for " + listed(missing) + " of the statement: " + text);
        }
        return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1))));
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "no names" : names.stream().collect(Collectors.joining("}, {", "{", "}"));
    }
}
