package io.postgresloader.monitor;

import io.postgresloader.model.DeadLetters;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.FreshnessReport.Line;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What those who read the target wait for: that tables are loaded, or complete, up to a time.
 *
 * @param time by the source's clock
 * @param noDeadLetters whether no dead letter of these tables may be open
 */
public record FreshnessGoal(Kind kind, Instant time, boolean noDeadLetters) {
    /** Which figure of {@code etl_freshness} is waited for. */
    public enum Kind {
        /** {@code loaded_up_to}: new rows, and edits that the cursor columns show. */
        LOADED("loaded"),
        /** {@code complete_up_to}: all changes and deletes, which a comparison proves. */
        COMPLETE("complete");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        private Optional<Instant> reached(Line line) {
            return this == LOADED ? line.loadedUpTo() : line.completeUpTo();
        }
    }

    /** Whether a table is as the goal wants it. */
    public enum Verdict {
        HOLDS,
        /** The next load or comparison can make it so. */
        WAITING,
        /** It failed, and another load or comparison may or may not fail again. */
        FAILED,
        /** Only the operator can make it so. */
        IMPOSSIBLE;

        /** The word in JSON. */
        public String word() {
            return switch (this) {
                case HOLDS -> "holds";
                case WAITING -> "waiting";
                case FAILED, IMPOSSIBLE -> "impossible";
            };
        }
    }

    /**
     * One table.
     *
     * @param reached up to when it is loaded, or complete; empty: not at all
     * @param loaded whether no load is missing: the table is loaded up to the goal's time, or lost rows that loads do not
     *     bring back
     * @param missing what is missing, and what to do if it needs an operator; empty: the goal holds
     * @param failure why the last load or comparison failed, without texts of the driver; empty: it did not, or that is
     *     not what is missing
     */
    public record TableGoal(
            String table,
            Verdict verdict,
            Optional<Instant> reached,
            boolean loaded,
            Optional<String> missing,
            Optional<String> failure) {
        /** Whether only a comparison is missing. */
        public boolean needsComparison() {
            return verdict != Verdict.HOLDS && loaded;
        }

        /** Whether it failed for a reason that another load or comparison would meet again. */
        public boolean failedForGood() {
            return verdict == Verdict.FAILED
                    && failure.flatMap(FailureKind::ofRecorded)
                            .filter(FailureKind::mayPass)
                            .isEmpty();
        }

        /** What is missing and why; only if the goal does not hold. */
        public String text() {
            return missing.orElseThrow() + failure.map(why -> ": " + why).orElse("");
        }
    }

    /**
     * Reads a time: ISO 8601 with an offset or a zone.
     *
     * @throws IllegalArgumentException with what was found and what is allowed
     */
    public static Instant time(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("found '" + text + "'" + (withoutZone(text) ? ", which has no zone" : "")
                    + "; expected a time with its zone or offset, such as 2026-03-01T06:00:00Z or"
                    + " 2026-03-01T07:00:00+01:00");
        }
    }

    private static boolean withoutZone(String text) {
        try {
            DateTimeFormatter.ISO_LOCAL_DATE_TIME.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /**
     * @param line the table's row of {@code etl_freshness}; empty: it is not tracked
     * @param options the table's options; empty: it is not in the table list any more
     */
    public TableGoal of(String table, Optional<Line> line, Optional<TableOptions> options) {
        if (line.isEmpty()) {
            return new TableGoal(
                    table,
                    Verdict.FAILED,
                    Optional.empty(),
                    false,
                    Optional.of("is not tracked yet; run init, or any load of it"),
                    Optional.empty());
        }
        Optional<Instant> reached = kind.reached(line.get());
        boolean holds = covers(reached) && !(noDeadLetters && line.get().openDeadLetters() > 0);
        Missing missing = holds
                ? new Missing(Verdict.HOLDS, Optional.empty(), Optional.empty())
                : missing(line.get(), reached, options);
        boolean loaded = noLoadIsMissing(line.get());
        return new TableGoal(table, missing.verdict, reached, loaded, missing.text, missing.failure);
    }

    private boolean covers(Optional<Instant> reached) {
        return reached.filter(at -> !at.isBefore(time)).isPresent();
    }

    private boolean noLoadIsMissing(Line line) {
        return line.rowsLost() || kind == Kind.COMPLETE && covers(line.loadedUpTo());
    }

    private record Missing(Verdict verdict, Optional<String> text, Optional<String> failure) {}

    private Missing missing(Line line, Optional<Instant> reached, Optional<TableOptions> options) {
        if (noDeadLetters && line.openDeadLetters() > 0) {
            return impossible(DeadLetters.count(line.openDeadLetters()) + (line.openDeadLetters() == 1 ? " is" : " are")
                    + " open; fix the cause, then run replay");
        }
        if (line.pausedSince().isPresent()) {
            return impossible("is paused since " + text(line.pausedSince().get()) + "; run resume");
        }
        if (line.state().equals("failed")) {
            return failed("its last load failed", line.error());
        }
        return kind == Kind.LOADED && !line.rowsLost() ? waiting(line, reached) : uncompared(line, reached, options);
    }

    private Missing uncompared(Line line, Optional<Instant> reached, Optional<TableOptions> options) {
        if (options.filter(known -> known.reconcile().every().isEmpty()).isPresent()) {
            return impossible(
                    line.rowsLost()
                            ? "may have lost rows of the target, and is not compared, since it has reconcile: off; run verify "
                                    + line.table() + " --repair"
                            : "is not compared, since it has reconcile: off, so that its deletes are not known");
        }
        boolean keepsExtra = options.filter(known -> known.deletes().policy() == DeletePolicy.IGNORE)
                .isPresent();
        if (kind == Kind.COMPLETE && keepsExtra && line.extraRows() > 0) {
            return impossible("keeps rows that were deleted in the source, as deletes: ignore says: "
                    + DeletePolicy.rows(line.extraRows()));
        }
        return switch (line.verifyResult().orElse("")) {
            case "failed" -> failed("its last comparison failed", line.verifyMessage());
            case "braked" -> failed("its last comparison stopped at the delete limit", line.verifyMessage());
            case "different" -> failed(
                    "its last comparison left rows that differ",
                    line.verifyMessage()
                            .or(() -> Optional.of(
                                    "run verify " + line.table() + " --repair; if they still differ, a trigger"
                                            + " of the target may change them")));
            default -> waiting(line, reached);
        };
    }

    private Missing waiting(Line line, Optional<Instant> reached) {
        String upTo = line.rowsLost()
                ? "the target may have lost rows"
                : reached.map(at -> kind.word + " up to " + text(at)).orElse("not " + kind.word + " yet");
        String next =
                switch (line.state()) {
                    case "running" -> "a load runs";
                    case "interrupted" -> "its next load resumes the one that was interrupted";
                    default -> "its next load is awaited";
                };
        boolean compare = noLoadIsMissing(line);
        return new Missing(
                Verdict.WAITING,
                Optional.of(upTo + "; " + (compare ? "a comparison is awaited" : next)),
                Optional.empty());
    }

    private static Missing impossible(String text) {
        return new Missing(Verdict.IMPOSSIBLE, Optional.of(text), Optional.empty());
    }

    private static Missing failed(String what, Optional<String> why) {
        return new Missing(Verdict.FAILED, Optional.of(what), why);
    }

    /** A time as messages show it. */
    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** For example {@code loaded up to 2026-03-01T06:00:00Z, without open dead letters}. */
    @Override
    public String toString() {
        return kind.word + " up to " + text(time) + (noDeadLetters ? ", without open dead letters" : "");
    }
}
