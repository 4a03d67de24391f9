package io.postgresloader.analyze;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

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

    static NameHint of(String column) {
        Set<String> words =
                Set.copyOf(Arrays.asList(words(column)).stream().distinct().toList());
        if (words.stream().anyMatch(EDIT_WORDS::contains)) {
            return EDIT;
        }
        return words.stream().anyMatch(ENTRY_WORDS::contains) ? ENTRY : NOTHING;
    }

    /** The words of a name, in lower case: DateTSheetEdited is date, t, sheet, edited. */
    static String[] words(String name) {
        return name.replaceAll(
                        "(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])",
                        "_")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}\\p{N}]+");
    }
}
