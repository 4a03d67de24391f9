package io.postgresloader.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /observe/status/tables/NAME} and the page of a table say. The components are the fields of the JSON, in snake
 * case. Times are UTC, but for the watermarks. No component holds a value of a row; keys of dead letters are there only
 * where a setting allows it.
 *
 * @param version of the document, {@link StatusDocument#VERSION}
 * @param generatedAt when the target was read, by its clock
 * @param ageSeconds how long ago that was
 * @param targetSilentSince since when the target does not answer, by this process's clock; empty: it answers
 * @param table its row in the list of all tables
 * @param running what this process does with the table now; empty: nothing
 * @param horizon up to when the last successful load was complete, by the source's clock, in UTC
 * @param watermarks by cursor column, each by that column's own clock, which may be the wall clock of the source's zone
 * @param runs the last 50 loads and comparisons, the newest first
 * @param deadLetters open dead letters by reason, the most frequent first
 * @param proofs the last comparisons among the runs that are kept, the newest first
 * @param schemaVersions how the table's columns changed, the newest first
 */
public record TableDocument(
        int version,
        Instant generatedAt,
        long ageSeconds,
        Optional<Instant> targetSilentSince,
        TableRow table,
        Optional<ThisLoader.Work> running,
        Optional<Instant> horizon,
        Map<String, LocalDateTime> watermarks,
        List<Run> runs,
        List<DeadLetterGroup> deadLetters,
        List<Proof> proofs,
        List<SchemaChange> schemaVersions) {
    /** The most runs of a document. */
    public static final int RUNS = 50;

    public TableDocument {
        watermarks = Collections.unmodifiableMap(new LinkedHashMap<>(watermarks));
        runs = List.copyOf(runs);
        deadLetters = List.copyOf(deadLetters);
        proofs = List.copyOf(proofs);
        schemaVersions = List.copyOf(schemaVersions);
    }

    /**
     * This document, answered from memory.
     *
     * @param age how long ago it was read
     * @param silentSince since when the target does not answer; empty: it answers
     */
    TableDocument remembered(Duration age, Optional<Instant> silentSince) {
        return new TableDocument(
                version,
                generatedAt,
                age.toSeconds(),
                silentSince,
                table,
                running,
                horizon,
                watermarks,
                runs,
                deadLetters,
                proofs,
                schemaVersions);
    }

    /**
     * A row of {@code etl_table_metrics}.
     *
     * @param id the load's id, which its log lines and dead letters have as well
     * @param cycleId the same for the runs of one command or round; empty: it belongs to none
     * @param type full, incremental, append, unchanged, repair, replay, adopt, reconcile, verify and so on; empty: another
     *     loader wrote it, or the load failed before it knew
     * @param startedAt when it began; empty: not known
     * @param seconds how long it took
     * @param readRows rows that it read from the source; of a comparison, rows that it compared
     * @param insertedRows rows whose key was new; empty: not counted
     * @param updatedRows rows that differed; empty: not counted
     * @param unchangedRows rows that were equal; empty: not counted
     * @param deletedRows rows deleted or marked, since they were deleted in the source; empty: not counted
     * @param deadLetteredRows rows that became dead letters; empty: not counted
     * @param reason why it was of its type, or why the table was compared
     * @param error why it failed, without texts of the driver; empty: it did not
     */
    public record Run(
            String id,
            Optional<String> cycleId,
            Optional<String> type,
            Instant startedAt,
            Instant endedAt,
            double seconds,
            boolean success,
            long readRows,
            Optional<Long> insertedRows,
            Optional<Long> updatedRows,
            Optional<Long> unchangedRows,
            Optional<Long> deletedRows,
            Optional<Long> deadLetteredRows,
            Optional<String> reason,
            Optional<String> error) {}

    /**
     * Open dead letters with the same reason, SQLSTATE and column.
     *
     * @param reason the class of the reason
     * @param sqlstate five characters; empty: the loader found the reason itself
     * @param column empty: the reason is not one column
     * @param message the reason in words, of the one that was seen last
     * @param open how many there are
     * @param firstSeen when the oldest was first seen
     * @param lastSeen when the newest was last seen
     * @param keys the keys of the newest, column to value, at most 20; empty unless {@code management.dead_letter_keys} is
     *     on
     */
    public record DeadLetterGroup(
            String reason,
            Optional<String> sqlstate,
            Optional<String> column,
            String message,
            long open,
            Instant firstSeen,
            Instant lastSeen,
            List<Map<String, String>> keys) {
        public DeadLetterGroup {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A comparison of the whole table.
     *
     * @param type reconcile, verify or adopt
     * @param endedAt when it ended
     * @param result equal, different or failed, as counted; the result of the last comparison is in the table's row
     * @param equalRows rows that were equal
     * @param missingRows rows that only the source had
     * @param differentRows rows whose values differed
     * @param extraRows rows that only the target had
     */
    public record Proof(
            String type,
            Instant endedAt,
            double seconds,
            String result,
            long equalRows,
            long missingRows,
            long differentRows,
            long extraRows) {}

    /**
     * A version of the table's columns.
     *
     * @param number from 1
     * @param at when a load made the table ready
     * @param changes what differs from the version before, in words
     * @param statements what was run on the target, in order
     */
    public record SchemaChange(int number, Instant at, List<String> changes, List<String> statements) {
        public SchemaChange {
            changes = List.copyOf(changes);
            statements = List.copyOf(statements);
        }
    }
}
