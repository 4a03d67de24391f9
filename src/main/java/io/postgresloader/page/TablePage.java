package io.postgresloader.page;

import io.postgresloader.monitor.TableDocument;
import io.postgresloader.monitor.TableDocument.DeadLetterGroup;
import io.postgresloader.monitor.TableDocument.Proof;
import io.postgresloader.monitor.TableRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page of one table.
 *
 * @param advice the state in a sentence, and what to do
 * @param reason of the last load or comparison; empty: there is none to add
 * @param facts what is known of the table, each with its label
 * @param planLink to what the next load will do
 * @param running what is done with the table now; empty: nothing
 * @param runs the last loads and comparisons, the newest first
 * @param watermarks up to when each cursor column is loaded
 */
public record TablePage(
        Frame frame,
        String name,
        Mark mark,
        String advice,
        String reason,
        List<Fact> facts,
        String planLink,
        Optional<WorkLine> running,
        List<RunLine> runs,
        List<Fact> watermarks,
        List<Letters> deadLetters,
        List<ProofLine> proofs,
        List<Schema> schema) {
    /** A labelled text. */
    public record Fact(String label, String text, String note) {}

    /** Open dead letters of one reason. */
    public record Letters(
            String reason, String column, String sqlState, String open, Moment first, Moment last, List<String> keys) {}

    /** A comparison. */
    public record ProofLine(
            Moment ended, String type, Mark result, String equal, String missing, String different, String extra) {}

    /** A version of the columns. */
    public record Schema(int number, Moment at, List<String> changes, List<String> statements) {}

    /** @param version of the loader */
    public static TablePage of(TableDocument document, String version, Instant now, ZoneId zone) {
        Words words = new Words(now, zone);
        TableRow table = document.table();
        return new TablePage(
                Frame.of(
                        table.table(),
                        Frame.Section.TABLES,
                        "../",
                        document.generatedAt(),
                        document.targetSilentSince(),
                        version,
                        words),
                table.table(),
                Mark.of(table),
                table.whatToDo(),
                table.whatToDo().contains(table.reason()) ? "" : table.reason(),
                facts(table, words),
                TableLine.encoded(table.table()) + "/plan",
                document.running().map(work -> WorkLine.of(work, words)),
                document.runs().stream().map(run -> RunLine.of(run, words)).toList(),
                watermarks(document, words),
                document.deadLetters().stream()
                        .map(group -> letters(group, words))
                        .toList(),
                document.proofs().stream().map(proof -> proof(proof, words)).toList(),
                document.schemaVersions().stream()
                        .map(change -> new Schema(
                                change.number(), words.moment(change.at()), change.changes(), change.statements()))
                        .toList());
    }

    private static List<Fact> facts(TableRow table, Words words) {
        List<Fact> facts = new ArrayList<>();
        facts.add(time("Loaded up to", table.loadedUpTo(), "never", words));
        facts.add(time("Complete up to", table.completeUpTo(), "not proven", words));
        facts.add(new Fact("Rows in the target", Words.count(table.presentRows()), ""));
        facts.add(new Fact("Dead letters", Words.count(table.deadLetters()), ""));
        table.lastDay()
                .ifPresent(day -> facts.add(new Fact(
                        "Last 24 hours",
                        Words.count(day.insertedRows()) + " inserted",
                        others(day)
                                + table.usualDay()
                                        .map(usual -> "; usual: " + Words.count(usual.insertedRows()) + " inserted, "
                                                + others(usual))
                                        .orElse(""))));
        facts.add(time("Last comparison", table.verifiedAt(), "never", words));
        table.waitingAtMostSeconds()
                .ifPresent(seconds -> facts.add(
                        new Fact("Oldest waiting change", "at most " + Words.duration(Math.max(10, seconds)), "")));
        table.pausedSince().ifPresent(since -> facts.add(time("Paused since", Optional.of(since), "", words)));
        return facts;
    }

    private static String others(TableRow.DayRows day) {
        return Words.count(day.updatedRows()) + " updated, " + Words.count(day.deletedRows()) + " deleted";
    }

    private static Fact time(String label, Optional<Instant> time, String otherwise, Words words) {
        return new Fact(
                label,
                words.moment(time, otherwise).text(),
                time.map(words::ago).orElse(""));
    }

    private static List<Fact> watermarks(TableDocument document, Words words) {
        List<Fact> all = new ArrayList<>();
        document.horizon()
                .ifPresent(horizon ->
                        all.add(new Fact("Horizon", words.moment(horizon).full(), words.ago(horizon))));
        document.watermarks()
                .forEach((column, value) ->
                        all.add(new Fact(column, value.toString().replace('T', ' '), "")));
        return all;
    }

    private static Letters letters(DeadLetterGroup group, Words words) {
        return new Letters(
                group.message(),
                group.column().orElse("–"),
                group.sqlstate().orElse("–"),
                Words.count(group.open()),
                words.moment(group.firstSeen()),
                words.moment(group.lastSeen()),
                group.keys().stream().map(TablePage::key).toList());
    }

    private static String key(Map<String, String> key) {
        return key.entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
    }

    private static ProofLine proof(Proof proof, Words words) {
        return new ProofLine(
                words.moment(proof.endedAt()),
                proof.type(),
                Mark.ofResult(proof.result()),
                Words.count(proof.equalRows()),
                Words.count(proof.missingRows()),
                Words.count(proof.differentRows()),
                Words.count(proof.extraRows()));
    }
}
