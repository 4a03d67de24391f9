package io.postgresloader.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can change about a table, or about the source, that people are told of. */
public enum ChangeKind {
    /** A load failed. */
    FAILED,
    /** What was told before is over: a failure, dead letters, a late or stopped comparison. */
    RECOVERED,
    /** A comparison deleted nothing, since more rows were to be deleted than {@code max_delete_fraction} allows. */
    DELETE_LIMIT,
    /** The first rows of the table became dead letters. */
    DEAD_LETTERS,
    /** A load found other columns, types or keys than before. */
    SCHEMA_CHANGED,
    /** No load has succeeded for three periods of the table's schedule. */
    STALE,
    /** The source does not answer. */
    SOURCE_AWAY,
    /** The source answers again. */
    SOURCE_BACK,
    /** A comparison found rows that loads should have brought, or rows still differ after it. */
    DIFFERENT,
    /** A comparison failed. */
    COMPARISON_FAILED;

    /** The word in settings, tracking tables and messages, e.g. {@code dead-letters}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ChangeKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
