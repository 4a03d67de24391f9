package io.postgresloader.load.plan;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.SchemaChange;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.tracking.TableState.Seen;
import java.util.List;
import java.util.Optional;

/**
 * What one load of a table reads, from where, and why. The command {@code plan} prints it, a load applies it.
 *
 * @param type what the load reads
 * @param reason why it is of that type, as text
 * @param scope the rows, and what the watermarks become
 * @param start where reading begins
 * @param setup the table on both sides; empty for a load of type UNCHANGED, which reads nothing
 * @param origin where the rows come from; empty when none are read
 * @param seen the source state by which the next load detects that the table is unchanged
 * @param notes what an operator should know about the schema and the source
 */
public record LoadPlan(
        LoadType type,
        String reason,
        LoadScope scope,
        Start start,
        Optional<Setup> setup,
        Optional<SourceOrigin> origin,
        Optional<Seen> seen,
        List<String> notes) {
    public LoadPlan {
        notes = List.copyOf(notes);
    }

    /** The table in the source. */
    public PreparedTable table() {
        return setup.orElseThrow().table();
    }

    /** The key behind which reading begins; {@link RowKey#NONE}: at the first row. */
    public RowKey lastKey() {
        return start.bookmark()
                .filter(bookmark -> start.kind().behindBookmark())
                .map(bookmark -> table().keyFormat().of(bookmark.progress().lastKey()))
                .orElse(RowKey.NONE);
    }

    /**
     * The table on both sides.
     *
     * @param table how its rows are read
     * @param schema what changes in the target before the first row
     * @param cursors the cursor columns whose watermarks move at the end
     * @param openDeadLetters the open dead letters that the load may close
     */
    public record Setup(
            PreparedTable table, SchemaChange schema, List<Cursor> cursors, OpenDeadLetters openDeadLetters) {
        public Setup {
            cursors = List.copyOf(cursors);
        }
    }

    /**
     * Where reading begins.
     *
     * @param bookmark the bookmark of the load that is resumed; empty for a new load
     */
    public record Start(StartKind kind, Optional<Bookmark> bookmark) {
        static final Start NEW = new Start(StartKind.NEW, Optional.empty());

        static Start from(StartKind kind, Bookmark bookmark) {
            return new Start(kind, Optional.of(bookmark));
        }
    }

    /** The ways in which a load, or an attempt at one, begins. */
    public enum StartKind {
        /** At the first row of a new load. */
        NEW,
        /** After the last chunk that another process or an earlier load committed. */
        RESUMED,
        /** After the last chunk that an earlier attempt of the same load committed. */
        RETRIED,
        /** At the first row again, under the same load id: the table has changed since the earlier attempt. */
        REPLANNED,
        /** At the first row again, under the same load id: the earlier attempt pulled fewer rows than were counted. */
        RECOUNTED;

        boolean behindBookmark() {
            return this == RESUMED || this == RETRIED;
        }
    }
}
