package io.postgresloader.load;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.Json;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TableState.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load writes into {@code etl_load_status} and {@code etl_table_metrics}, by the names of the parameters in the
 * routes {@code record-status} and {@code record-metrics}. A null leaves the column as it is.
 */
final class LoadRecords {
    private LoadRecords() {}

    /** The bookmark that another process goes on from, as JSON; null when there is nothing to go on from. */
    static String kept(LoadRun run) {
        return bookmarkJson(run, run.bookmark());
    }

    /** After a chunk, within its transaction. */
    static Map<String, Object> running(LoadRun run, Bookmark bookmark) {
        Map<String, Object> record = base(run, bookmark, "running");
        record.put("bookmark", bookmarkJson(run, bookmark));
        return record;
    }

    /** At the end of a load that did all it set out to do. */
    static Map<String, Object> succeeded(LoadRun run, Completion completion) {
        Bookmark bookmark = run.bookmark();
        Map<String, Object> record = base(run, bookmark, "success");
        end(record, run, Optional.empty());
        counts(record, run.counts());
        record.put("notes", notes(run, completion));
        record.put("backfilled", bookmark.type() == LoadType.FULL);
        record.put("sourceRows", completion.sourceRows().orElse(null));
        record.put("targetRows", completion.targetRows().orElse(null));
        return switch (bookmark.type()) {
            case REPLAY, REPAIR -> byKey(record, run);
            case UNCHANGED -> unchanged(record, run);
            case ADOPT -> adopted(record, run, completion);
            case FULL, INCREMENTAL, APPEND -> moved(record, run, completion);
        };
    }

    /** A load by keys leaves the table as it found it: it says nothing about the loads before it. */
    private static Map<String, Object> byKey(Map<String, Object> record, LoadRun run) {
        TableState.Ended before = run.state().before();
        record.put("status", before.status());
        record.put("errorClass", before.errorClass());
        record.put("error", before.error());
        record.put("bookmark", bookmarkJson(run, run.bookmark()));
        seen(record, run.state().seen());
        return record;
    }

    /** All that the last load knew still holds, and has held for longer. */
    private static Map<String, Object> unchanged(Map<String, Object> record, LoadRun run) {
        record.put("bookmark", null);
        record.put("lastLoaded", run.bookmark().horizon().utc());
        seen(record, run.seen());
        return record;
    }

    /** The watermarks are those of the comparison that follows; that the table is complete is not said before. */
    private static Map<String, Object> adopted(Map<String, Object> record, LoadRun run, Completion completion) {
        moved(record, run, completion);
        record.put("status", "running");
        record.put("lastLoaded", null);
        return record;
    }

    private static void seen(Map<String, Object> record, Optional<Seen> seen) {
        record.put("sourceState", seen.map(Seen::token).orElse(null));
        record.put("sourceSettled", seen.map(Seen::settled).orElse(null));
    }

    private static Map<String, Object> moved(Map<String, Object> record, LoadRun run, Completion completion) {
        Bookmark bookmark = run.bookmark();
        Watermarks next = new Window(run.options(), bookmark.horizon())
                .next(
                        bookmark.keyMarks(),
                        run.plan().cursors(),
                        run.plan().table().integerKey().isPresent(),
                        bookmark.greatestKey());
        record.put("watermarks", Json.write(next));
        record.put("fingerprint", Json.write(bookmark.fingerprint()));
        record.put("lastLoaded", bookmark.horizon().utc());
        record.put("sourceOrigin", run.origin().map(Json::write).orElse(null));
        record.put("reconcileReason", ReconcileCall.reason(run, completion).orElse(null));
        seen(record, run.seen());
        return record;
    }

    /** At the end of a load that failed; an unfinished one keeps its bookmark unless rows were found missing. */
    static Map<String, Object> failed(LoadRun run, Failure failure, boolean keepBookmark) {
        Map<String, Object> record = base(run, run.bookmark(), "failed");
        end(record, run, Optional.of(failure));
        String kept = run.bookmark() == null
                ? run.state().bookmark().map(Json::write).orElse(null)
                : bookmarkJson(run, run.bookmark());
        record.put("bookmark", keepBookmark ? kept : null);
        return record;
    }

    /** The state of a dead letter whose row has arrived. */
    static String closedState(LoadRun run) {
        return run.bookmark().type() == LoadType.REPLAY ? "replayed" : "superseded";
    }

    private static Map<String, Object> base(LoadRun run, Bookmark bookmark, String status) {
        Map<String, Object> record = new HashMap<>();
        for (String name : new String[] {
            "bookmark",
            "watermarks",
            "fingerprint",
            "lastLoaded",
            "sourceRows",
            "targetRows",
            "sourceState",
            "sourceSettled",
            "reconcileReason",
            "sourceOrigin",
            "notes",
            "finishedAt",
            "seconds",
            "errorClass",
            "error",
            "counted",
            "loadId",
            "type",
            "reason",
            "startedAt",
            "chunks"
        }) {
            record.put(name, null);
        }
        record.put("backfilled", false);
        record.put("excludedColumns", run.options().columns().excluded().size());
        record.put("table", run.table());
        record.put("epoch", run.epoch());
        record.put("status", status);
        counts(record, bookmark == null ? Counts.NONE : bookmark.counts());
        if (bookmark != null) {
            record.put("loadId", bookmark.loadId());
            record.put("type", bookmark.type().word());
            record.put("reason", bookmark.reason());
            record.put("counted", bookmark.counted());
            record.put("chunks", bookmark.chunks());
            record.put("startedAt", bookmark.started().atOffset(ZoneOffset.UTC));
        }
        return record;
    }

    private static String notes(LoadRun run, Completion completion) {
        List<String> notes = new ArrayList<>(run.notes());
        completion.notes().ifPresent(notes::add);
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private static void counts(Map<String, Object> record, Counts counts) {
        record.put("pulled", counts.pulled());
        record.put("inserted", counts.inserted());
        record.put("updated", counts.updated());
        record.put("unchanged", counts.unchanged());
        record.put("deadLettered", counts.deadLettered());
        record.put("zeroDates", counts.mapped().zeroDates());
        record.put("nulStripped", counts.mapped().nulStripped());
        record.put("textReplaced", counts.mapped().textReplaced());
    }

    private static void end(Map<String, Object> record, LoadRun run, Optional<Failure> failure) {
        Instant now = Instant.now();
        record.put("finishedAt", now.atOffset(ZoneOffset.UTC));
        record.put("seconds", Duration.between(run.claimed(), now).toMillis() / 1000.0);
        record.put("success", failure.isEmpty());
        record.put("errorClass", failure.map(f -> f.kind().word()).orElse(null));
        record.put("error", failure.map(Failure::toString).orElse(null));
    }

    /** A load by keys is not resumed; what it interrupted is. */
    private static String bookmarkJson(LoadRun run, Bookmark bookmark) {
        Optional<Bookmark> kept = bookmark.type().byKey() ? run.state().bookmark() : Optional.of(bookmark);
        return kept.map(Json::write).orElse(null);
    }
}
