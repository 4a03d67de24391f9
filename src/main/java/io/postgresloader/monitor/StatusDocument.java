package io.postgresloader.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code /observe/status}, the status page and {@code status --format json} say of all tables. The components are the
 * fields of the JSON, in snake case; the page "Status as JSON" of the manual describes each, and what may change. Times are
 * UTC. No component holds a value of a row.
 *
 * @param version of the document, {@link #VERSION}; it grows when a field is removed or changes its meaning
 * @param generatedAt when the target was read, by its clock
 * @param ageSeconds how long ago that was
 * @param targetSilentSince since when the target does not answer, by this process's clock; empty: it answers
 * @param summary the state of all tables in one or two sentences
 * @param loadedUpTo up to when all tables are loaded that need no operator; empty: there are none
 * @param completeUpTo up to when those of them are complete that claim it; empty: none does
 * @param attention how many tables need attention
 * @param states how many tables of the list are in each state
 * @param concerns how many tables have each concern, the most severe first
 * @param sources the sources that the tables come from; one today
 * @param paging which of the tables are listed
 * @param tables the listed tables, the worst first unless another order was asked for
 * @param deadLetterReasons the open dead letters of all tables by reason, the most frequent first
 * @param thisLoader the process that answers; empty: a command, which loads nothing
 * @param loaders the processes of the command {@code run}, as the target knows them
 * @param monitoring the columns of the view {@code etl_monitoring}; empty where there is nothing to divide by, or while
 *     they are not read yet
 * @param verdict each of the six figures in a word: good, fair, bad or unknown
 */
public record StatusDocument(
        int version,
        Instant generatedAt,
        long ageSeconds,
        Optional<Instant> targetSilentSince,
        String summary,
        Optional<Instant> loadedUpTo,
        Optional<Instant> completeUpTo,
        int attention,
        Map<String, Integer> states,
        Map<String, Integer> concerns,
        List<SourceStatus> sources,
        Paging paging,
        List<TableRow> tables,
        List<ReasonCount> deadLetterReasons,
        Optional<ThisLoader> thisLoader,
        List<LoaderRow> loaders,
        Map<String, OptionalDouble> monitoring,
        Map<String, String> verdict) {
    /** The version of the documents that this release writes. */
    public static final int VERSION = 1;

    public StatusDocument {
        states = ordered(states);
        concerns = ordered(concerns);
        sources = List.copyOf(sources);
        tables = List.copyOf(tables);
        deadLetterReasons = List.copyOf(deadLetterReasons);
        loaders = List.copyOf(loaders);
        monitoring = ordered(monitoring);
        verdict = ordered(verdict);
    }

    /** This document with other tables listed. */
    StatusDocument showing(List<TableRow> shown, Paging pages) {
        return new StatusDocument(
                version,
                generatedAt,
                ageSeconds,
                targetSilentSince,
                summary,
                loadedUpTo,
                completeUpTo,
                attention,
                states,
                concerns,
                sources,
                pages,
                shown,
                deadLetterReasons,
                thisLoader,
                loaders,
                monitoring,
                verdict);
    }

    /**
     * This document, answered from memory.
     *
     * @param age how long ago it was read
     * @param silentSince since when the target does not answer; empty: it answers
     * @param loaderNow what the process that answers does now
     */
    StatusDocument remembered(Duration age, Optional<Instant> silentSince, ThisLoader loaderNow) {
        return new StatusDocument(
                version,
                generatedAt,
                age.toSeconds(),
                silentSince,
                silentSince.map(since -> StatusSummary.silent(summary, since)).orElse(summary),
                loadedUpTo,
                completeUpTo,
                attention,
                states,
                concerns,
                sources,
                paging,
                tables,
                deadLetterReasons,
                Optional.of(loaderNow),
                loaders,
                monitoring,
                verdict);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * A source.
     *
     * @param name the name of its database
     * @param tables how many tables come from it
     * @param attention how many of them need attention
     * @param answers whether the source said lately when it changed its tables; empty: not known yet, since it was asked
     *     just now
     */
    public record SourceStatus(String name, int tables, int attention, Optional<Boolean> answers) {}

    /**
     * Which tables are listed.
     *
     * @param page from 1
     * @param size the most tables of a page
     * @param matching how many tables match state and search
     * @param total how many tables there are
     */
    public record Paging(int page, int size, int matching, int total) {
        /** How many pages there are, at least one. */
        public int pages() {
            return Math.max(1, (matching + size - 1) / size);
        }
    }

    /**
     * Open dead letters with the same reason.
     *
     * @param reason the class of the reason
     * @param open how many there are
     */
    public record ReasonCount(String reason, long open) {}

    /**
     * A process of the command {@code run}. All times are by the target's clock.
     *
     * @param state running, not seen or stopped
     * @param endedAt when it was stopped; empty: it was not
     */
    public record LoaderRow(
            String state,
            String host,
            long processId,
            String version,
            Instant startedAt,
            Instant lastBeat,
            Optional<Instant> endedAt) {}
}
