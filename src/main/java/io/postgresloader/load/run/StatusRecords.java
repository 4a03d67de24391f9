package io.postgresloader.load.run;

import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.run.StatusRecord.End;
import io.postgresloader.load.run.StatusRecord.Load;
import io.postgresloader.load.run.StatusRecord.NextStart;
import io.postgresloader.load.run.StatusRecord.Source;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadType;
import io.postgresloader.tracking.Json;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TableState.Seen;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the records that a load writes into the tracking tables: one per chunk, and one at its end. */
final class StatusRecords {
    private StatusRecords() {}

    /** The bookmark from which another process resumes the load, as JSON; null when the load cannot be resumed. */
    static String stored(Claim claim, Bookmark bookmark) {
        // A load by keys is not resumed. If it interrupted another load, that load is.
        Optional<Bookmark> kept = bookmark.load().type().byKey() ? claim.state().bookmark() : Optional.of(bookmark);
        return kept.map(Json::write).orElse(null);
    }

    /** After a chunk, within its transaction. */
    static StatusRecord running(Claim claim, Position position) {
        return record(
                claim,
                "running",
                Optional.of(position.bookmark()),
                NextStart.unfinished(stored(claim, position.bookmark())),
                Source.UNKNOWN,
                End.RUNNING);
    }

    /** At the end of a load that had nothing to read. */
    static StatusRecord unchanged(Claim claim, LoadPlan.Unchanged plan, Position position) {
        return record(
                claim,
                "success",
                Optional.of(position.bookmark()),
                // The watermarks of the last load are still valid, and now up to a later time.
                new NextStart(null, null, null, plan.scope().horizon().utc(), false, null),
                source(plan.seen(), null),
                end(claim, Optional.empty(), Optional.empty(), notes(plan, Completion.NOTHING_COUNTED)));
    }

    /** At the end of a complete load. */
    static StatusRecord succeeded(
            Claim claim,
            LoadPlan.Reading plan,
            Position position,
            Completion completion,
            Optional<String> reconcileReason) {
        End end = end(claim, Optional.empty(), Optional.of(completion), notes(plan, completion));
        Bookmark bookmark = position.bookmark();
        if (plan.type().byKey()) {
            return byKey(claim, bookmark, end);
        }
        // Only the comparison that follows an adoption proves that the table is loaded up to the horizon.
        boolean proven = plan.type() != LoadType.ADOPT;
        return record(
                claim,
                proven ? "success" : "running",
                Optional.of(bookmark),
                moved(plan, proven, reconcileReason),
                source(plan.seen(), Json.write(plan.origin())),
                end);
    }

    /** A load by keys does not change the table's status. */
    private static StatusRecord byKey(Claim claim, Bookmark bookmark, End end) {
        TableState.Ended before = claim.state().before();
        return record(
                claim,
                before.status(),
                Optional.of(bookmark),
                new NextStart(stored(claim, bookmark), null, null, null, false, null),
                source(claim.state().seen(), null),
                new End(
                        end.finished(),
                        end.seconds(),
                        end.success(),
                        before.errorClass(),
                        before.error(),
                        end.sourceRows(),
                        end.targetRows(),
                        end.notes()));
    }

    /** @param proven whether the table is now loaded up to the plan's horizon; otherwise {@code last_loaded} stays */
    private static NextStart moved(LoadPlan.Reading plan, boolean proven, Optional<String> reconcileReason) {
        return new NextStart(
                null,
                Json.write(plan.next()),
                Json.write(plan.scope().fingerprint()),
                proven ? plan.scope().horizon().utc() : null,
                plan.type() == LoadType.FULL,
                reconcileReason.orElse(null));
    }

    /** At the end of a load that failed; an unfinished one keeps its bookmark unless rows were found missing. */
    static StatusRecord failed(Claim claim, Optional<Position> position, Failure failure) {
        Optional<Bookmark> bookmark = position.map(Position::bookmark);
        String kept = bookmark.map(reached -> stored(claim, reached))
                .orElseGet(() -> claim.state().bookmark().map(Json::write).orElse(null));
        return record(
                claim,
                "failed",
                bookmark,
                NextStart.unfinished(failure.kind() == FailureKind.INTEGRITY ? null : kept),
                Source.UNKNOWN,
                end(claim, Optional.of(failure), Optional.empty(), null));
    }

    private static StatusRecord record(
            Claim claim, String status, Optional<Bookmark> bookmark, NextStart next, Source source, End end) {
        return new StatusRecord(
                claim.table(),
                claim.epoch(),
                status,
                bookmark.map(StatusRecords::load).orElse(Load.NOT_PLANNED),
                bookmark.map(reached -> reached.progress().counts()).orElse(Counts.NONE),
                claim.options().columns().excluded().size(),
                next,
                source,
                end,
                claim.cycle().orElse(null));
    }

    private static Load load(Bookmark bookmark) {
        return new Load(
                bookmark.load().loadId(),
                bookmark.load().type().word(),
                bookmark.load().reason(),
                bookmark.load().started().atOffset(ZoneOffset.UTC),
                bookmark.progress().counted(),
                bookmark.progress().chunks());
    }

    private static Source source(Optional<Seen> seen, String origin) {
        return new Source(
                seen.map(Seen::token).orElse(null), seen.map(Seen::settled).orElse(null), origin);
    }

    private static End end(Claim claim, Optional<Failure> failure, Optional<Completion> completion, String notes) {
        Instant now = Instant.now();
        return new End(
                now.atOffset(ZoneOffset.UTC),
                claim.secondsUntil(now),
                failure.isEmpty(),
                failure.map(f -> f.kind().word()).orElse(null),
                failure.map(Failure::toString).orElse(null),
                completion.flatMap(Completion::sourceRows).orElse(null),
                completion.flatMap(Completion::targetRows).orElse(null),
                notes);
    }

    private static String notes(LoadPlan plan, Completion completion) {
        List<String> notes = new ArrayList<>(plan.notes());
        completion.notes().ifPresent(notes::add);
        return notes.isEmpty() ? null : String.join("; ", notes);
    }
}
