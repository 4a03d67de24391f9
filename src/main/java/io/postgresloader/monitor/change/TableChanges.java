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
    private final Instant newSince;
    private final boolean first;
    private final Map<String, Instant> troubles;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> over = new ArrayList<>();

    /**
     * @param before what was seen at the last look; empty: the table was not seen before
     * @param sourceBack failures up to this time that pass are not told, since the source was away; empty: it was not
     * @param newSince what is older is history: it is not reported if it is over, or if the table was not seen before
     */
    public TableChanges(
            Optional<Memory> before, Sight now, Lateness late, Optional<Instant> sourceBack, Instant newSince) {
        this.before = before.orElseGet(() -> Memory.ofTable(Map.of(), now.metrics(), now.violations(), now.version()));
        this.first = before.isEmpty();
        this.newSince = newSince;
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
        return Memory.ofTable(troubles, Math.max(before.metrics(), now.metrics()), now.violations(), now.version());
    }

    private void loads() {
        boolean failed = now.status().equals("failed");
        boolean succeeded = now.status().equals("success");
        Optional<LoadFailure> failure =
                failed ? now.error() : now.lastFailure().filter(last -> now.failures() > 0 && isNew(last.at()));
        failure.filter(why -> !excused(why))
                .ifPresent(why -> begin(
                        Change.of(ChangeKind.FAILED, "a load failed: " + why.text())
                                .counting("failedLoads", Math.max(1, now.failures())),
                        now.failingSince().orElse(why.at())));
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
            String reason = "no load has succeeded for three periods of its schedule";
            String upTo = now.loadedUpTo()
                    .map(to -> "; it is loaded up to " + inSeconds(to))
                    .orElse("");
            begin(Change.of(ChangeKind.STALE, reason + upTo).sharing(reason), now.now());
        } else if (late == Lateness.IN_TIME) {
            end(ChangeKind.STALE);
        }
    }

    private void deadLetters() {
        if (now.deadLetters() > 0) {
            begin(
                    Change.of(
                                    ChangeKind.DEAD_LETTERS,
                                    now.deadLetters() == 1
                                            ? "1 row is a dead letter"
                                            : now.deadLetters() + " rows are dead letters")
                            .counting("deadLetters", now.deadLetters()),
                    now.deadSince().orElse(now.now()));
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
        if (missed > 0 && !known && !result.equals("different") && isNew(comparedAt())) {
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
        if (now.version() > before.version()
                && before.version() > 0
                && now.versionSince().filter(this::isNew).isPresent()) {
            changes.add(Change.of(ChangeKind.SCHEMA_CHANGED, "its schema changed"));
        }
    }

    private Instant comparedAt() {
        return now.compared().map(Compared::at).orElse(now.now());
    }

    private void trouble(boolean there, ChangeKind kind, String reason) {
        if (there) {
            begin(Change.of(kind, reason), comparedAt());
        } else {
            end(kind);
        }
    }

    /** A trouble that is there when the table is first seen is reported only if it is new; its end is reported in any case. */
    private void begin(Change change, Instant began) {
        boolean history = first && !isNew(began);
        Instant since = inSeconds(history ? began : now.now());
        if (troubles.putIfAbsent(change.kind().word(), since) == null && !history) {
            changes.add(change);
        }
    }

    private boolean isNew(Instant time) {
        return !time.isBefore(newSince);
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
        String upTo = now.loadedUpTo()
                .map(to -> "; it is loaded up to " + inSeconds(to))
                .orElse("");
        String still = troubles.isEmpty() ? "" : "; still: " + String.join(", ", troubles.keySet());
        changes.add(Change.of(ChangeKind.RECOVERED, "over: " + what + upTo + still)
                .sharing("over: " + String.join(", ", over) + still)
                .counting("rows", now.rows()));
    }
}
