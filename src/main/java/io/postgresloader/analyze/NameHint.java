package io.postgresloader.analyze;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the name of a column suggests, by its whole words: SecDateTEdit, DateTStamp; SecDateTEntry, DateTCreated. Only
 * asked where neither the declaration nor the rows tell.
 */
enum NameHint {
    EDIT,
    ENTRY,
    NOTHING;

    private static final Set<String> EDIT_WORDS =
            Set.of("stamp", "tstamp", "timestamp", "edit", "edited", "modified", "updated", "update", "changed");

    private static final Set<String> ENTRY_WORDS = Set.of("entry", "entered", "created", "create", "added", "inserted");

    /** A sign that is no letter or digit, and where small letters, capitals and digits change over. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+"
            + "|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    static NameHint of(String column) {
        List<String> words = words(column);
        if (words.stream().anyMatch(EDIT_WORDS::contains)) {
            return EDIT;
        }
        return words.stream().anyMatch(ENTRY_WORDS::contains) ? ENTRY : NOTHING;
    }

    /** The words of a name, in lower case: DateTSheetEdited is date, t, sheet, edited. */
    static List<String> words(String name) {
        return Arrays.stream(BETWEEN_WORDS.split(name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
