package io.postgresloader.monitor.change;

import io.postgresloader.model.ChangeKind;
import io.postgresloader.tracking.TableSights.Compared;
import io.postgresloader.tracking.TableSights.LoadFailure;
import io.postgresloader.tracking.TableSights.Memory;
import io.postgresloader.tracking.TableSights.Sight;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What changed about one table between two looks. A trouble is told once when it begins, and once when it is over.
 * A load that failed and was followed by one that succeeded, between two looks, is told as both.
 */
public final class TableChanges {
    private final Memory before;
    private final Sight now;
    private final Lateness late;
    private final Optional<Instant> sourceBack;
    private final Map<String, Instant> troubles;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> over = new ArrayList<>();

    /**
     * @param before what was seen at the last look; empty: the table was not seen before
     * @param sourceBack failures up to this time that pass are not told, since the source was away; empty: it was not
     */
    public TableChanges(Optional<Memory> before, Sight now, Lateness late, Optional<Instant> sourceBack) {
        this.before = before.orElseGet(
                () -> new Memory(Map.of(), now.metrics(), now.violations(), now.version(), null, null));
        this.now = now;
        this.late = late;
        this.sourceBack = sourceBack;
        this.troubles = new TreeMap<>(this.before.troubles());
        if (now.paused()) {
            return;
        }
        loads();
        staleness();
        deadLetters();
        comparison();
        schema();
        if (!over.isEmpty()) {
            recovered();
        }
    }

    /** Whether a table is late. */
    public enum Lateness {
        IN_TIME,
        /** It is late, but the source was away or the loader was not there for a part of that time. */
        EXCUSED,
        LATE
    }

    /** In the order in which they happened, as far as that is known. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The kinds, in words, of what was told before and is over now. */
    public List<String> over() {
        return List.copyOf(over);
    }

    /** What the next look compares with. */
    public Memory memory() {
        return new Memory(
                troubles, Math.max(before.metrics(), now.metrics()), now.violations(), now.version(), null, null);
    }

    private void loads() {
        boolean failed = now.status().equals("failed");
        boolean succeeded = now.status().equals("success");
        Optional<LoadFailure> failure = failed ? now.error() : now.lastFailure();
        if (failure.isPresent() && (failed || now.failures() > 0) && !excused(failure.get())) {
            begin(Change.of(ChangeKind.FAILED, "a load failed: " + failure.get().text())
                    .counting("failedLoads", Math.max(1, now.failures())));
        }
        // While a load runs it is not known whether the table is well again.
        if (succeeded) {
            end(ChangeKind.FAILED);
        }
    }

    private boolean excused(LoadFailure failure) {
        return failure.passes()
                && sourceBack.filter(back -> !failure.at().isAfter(back)).isPresent();
    }

    private void staleness() {
        if (late == Lateness.LATE) {
            begin(Change.of(
                    ChangeKind.STALE,
                    "no load has succeeded for three periods of its schedule"
                            + now.loadedUpTo()
                                    .map(to -> "; it is loaded up to " + inSeconds(to))
                                    .orElse("")));
        } else if (late == Lateness.IN_TIME) {
            end(ChangeKind.STALE);
        }
    }

    private void deadLetters() {
        if (now.deadLetters() > 0) {
            begin(Change.of(
                            ChangeKind.DEAD_LETTERS,
                            now.deadLetters() == 1
                                    ? "1 row is a dead letter"
                                    : now.deadLetters() + " rows are dead letters")
                    .counting("deadLetters", now.deadLetters()));
        } else {
            end(ChangeKind.DEAD_LETTERS);
        }
    }

    private void comparison() {
        String result = now.compared().map(Compared::result).orElse("");
        String message = now.compared()
                .flatMap(Compared::message)
                .map(text -> ": " + text)
                .orElse("");
        trouble(result.equals("braked"), ChangeKind.DELETE_LIMIT, "a comparison stopped at the delete limit" + message);
        trouble(result.equals("failed"), ChangeKind.COMPARISON_FAILED, "a comparison failed" + message);
        long missed = now.violations() - before.violations();
        boolean known = troubles.containsKey(ChangeKind.DIFFERENT.word());
        trouble(result.equals("different"), ChangeKind.DIFFERENT, "rows differ after a comparison" + message);
        if (missed > 0 && !known && !result.equals("different")) {
            changes.add(Change.of(
                            ChangeKind.DIFFERENT,
                            "a comparison found " + (missed == 1 ? "1 row" : missed + " rows")
                                    + " that loads should have brought"
                                    + (result.equals("repaired")
                                            ? ", and repaired " + (missed == 1 ? "it" : "them")
                                            : "")
                                    + message)
                    .counting("missed", missed));
        }
    }

    private void schema() {
        // The first version is no change.
        if (now.version() > before.version() && before.version() > 0) {
            changes.add(Change.of(ChangeKind.SCHEMA_CHANGED, "its schema changed"));
        }
    }

    private void trouble(boolean there, ChangeKind kind, String reason) {
        if (there) {
            begin(Change.of(kind, reason));
        } else {
            end(kind);
        }
    }

    private void begin(Change change) {
        if (troubles.putIfAbsent(change.kind().word(), inSeconds(now.now())) == null) {
            changes.add(change);
        }
    }

    /** Nobody reads parts of a second. */
    static Instant inSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private void end(ChangeKind kind) {
        if (troubles.remove(kind.word()) != null) {
            over.add(kind.word());
        }
    }

    private void recovered() {
        Map<String, Instant> since = before.troubles();
        String what = over.stream()
                .map(kind -> kind + (since.containsKey(kind) ? " since " + since.get(kind) : ""))
                .collect(Collectors.joining(", "));
        changes.add(Change.of(
                        ChangeKind.RECOVERED,
                        "over: " + what
                                + now.loadedUpTo()
                                        .map(to -> "; it is loaded up to " + inSeconds(to))
                                        .orElse("")
                                + (troubles.isEmpty() ? "" : "; still: " + String.join(", ", troubles.keySet())))
                .counting("rows", now.rows()));
    }
}
