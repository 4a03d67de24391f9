package io.postgresloader.camel.operate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A query's parameters. Every method throws an {@link IllegalArgumentException} that names a wrong one. */
final class QueryParameters {
    private static final int MOST_SHOWN = 60;

    private static final Set<Integer> UNSEEN = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * @param query as the client sent it; null: there is none
     * @param allowed the names that are allowed
     */
    QueryParameters(String query, Set<String> allowed) {
        for (String part : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            String[] pair = part.split("=", 2);
            String name = decoded(pair[0], pair[0]);
            if (!allowed.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown parameter '" + shown(name) + "'; allowed: " + String.join(", ", allowed));
            }
            values.computeIfAbsent(name, n -> new ArrayList<>()).add(pair.length < 2 ? "" : decoded(name, pair[1]));
        }
    }

    private static String decoded(String name, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown(name) + ": found '" + shown(text)
                    + "'; expected text in which % is followed by two hexadecimal digits");
        }
    }

    /**
     * A text of the client as a message repeats it: not longer than anyone can read, and what cannot be seen as its escape.
     * A terminal would follow some of these characters.
     */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MOST_SHOWN).forEach(character -> {
            if (UNSEEN.contains(Character.getType(character))) {
                Character.toString(character)
                        .chars()
                        .forEach(unit -> shown.append(String.format(Locale.ROOT, "\\u%04x", unit)));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? shown.toString()
                : shown.append('…').toString();
    }

    /** All values of a parameter. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of a parameter that may be given once. */
    Optional<String> one(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw new IllegalArgumentException(name + ": given " + all.size() + " times; give it once");
        }
        return all.stream().findFirst();
    }

    /** Whether the parameter is {@code true}; without it, it is not. */
    boolean isTrue(String name) {
        Optional<String> value = one(name);
        value.filter(text -> !text.equals("true") && !text.equals("false")).ifPresent(text -> {
            throw new IllegalArgumentException(name + ": found '" + shown(text) + "'; expected true or false");
        });
        return value.equals(Optional.of("true"));
    }
}
