package io.postgresloader.analyze;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The role that a column's name suggests by its words, such as SecDateTEdit and DateTStamp, or SecDateTEntry and
 * DateTCreated. It is used only if neither the declaration nor the sample determines the role.
 */
enum NameHint {
    EDIT,
    ENTRY,
    NOTHING;

    private static final Set<String> EDIT_WORDS =
            Set.of("stamp", "tstamp", "timestamp", "edit", "edited", "modified", "updated", "update", "changed");

    private static final Set<String> ENTRY_WORDS = Set.of("entry", "entered", "created", "create", "added", "inserted");

    /**
     * Separators of words: other characters than letters and digits, and the changes between lower case, upper case and
     * digits.
     */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+"
            + "|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    static NameHint of(String column) {
        List<String> words = words(column);
        if (words.stream().anyMatch(EDIT_WORDS::contains)) {
            return EDIT;
        }
        return words.stream().anyMatch(ENTRY_WORDS::contains) ? ENTRY : NOTHING;
    }

    /** The words of a name in lower case: DateTSheetEdited has date, t, sheet and edited. */
    static List<String> words(String name) {
        return Arrays.stream(BETWEEN_WORDS.split(name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
