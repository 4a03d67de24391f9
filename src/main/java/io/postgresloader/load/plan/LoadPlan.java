package io.postgresloader.load.plan;

import io.postgresloader.load.schema.Preparation;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState.Seen;
import java.util.List;
import java.util.Optional;

/** What one load of a table reads, from where, and why. The command {@code plan} prints it, a load applies it. */
public sealed interface LoadPlan {
    /** What the load reads. */
    LoadType type();

    /** Why it is of that type, as text. */
    String reason();

    /** The rows, and the horizon up to which the table is loaded at the end. */
    LoadScope scope();

    /** The source state by which the next load detects that the table is unchanged. */
    Optional<Seen> seen();

    /** What an operator should know about the schema and the source. */
    List<String> notes();

    /**
     * The plan of a load that queries no rows, because the source reports that the table has not changed. The schema is
     * not inspected, and the watermarks stay.
     */
    record Unchanged(String reason, LoadScope scope, Optional<Seen> seen, List<String> notes) implements LoadPlan {
        public Unchanged {
            notes = List.copyOf(notes);
        }

        @Override
        public LoadType type() {
            return LoadType.UNCHANGED;
        }
    }

    /**
     * The plan of a load that queries rows.
     *
     * @param start where reading begins
     * @param preparation the table on both sides, and what changes in the target before the first row
     * @param next what the watermarks become once every row of the scope is loaded
     * @param compare why the whole table must be compared after the load, as text; empty: the options call for no
     *     comparison
     * @param openDeadLetters the open dead letters that the load may close
     * @param origin where the rows come from
     */
    record Reading(
            LoadType type,
            String reason,
            LoadScope scope,
            Start start,
            Preparation preparation,
            Watermarks next,
            Optional<String> compare,
            OpenDeadLetters openDeadLetters,
            SourceOrigin origin,
            Optional<Seen> seen,
            List<String> notes)
            implements LoadPlan {
        public Reading {
            notes = List.copyOf(notes);
        }

        /** The table as its rows are read. */
        public PreparedTable table() {
            return preparation.table();
        }

        /** Whether the load begins at the first row and reads all of them. */
        public boolean writesAllRows() {
            return (type == LoadType.FULL || type == LoadType.ADOPT)
                    && !start.kind().behindBookmark();
        }

        /**
         * Whether the load sees rows that were edited since the last one; otherwise only a comparison does. This follows
         * from the rows that the load selects: a cursor column without values may be declared, and selects none.
         */
        public boolean showsEdits() {
            return !(scope.selection() instanceof Selection.Changed changed)
                    || LoadChoice.showsEdits(
                            table().source(),
                            changed.logic(),
                            changed.ranges().stream()
                                    .map(Selection.CursorRange::cursor)
                                    .toList());
        }

        /** The key behind which reading begins; {@link RowKey#NONE}: at the first row. */
        public RowKey lastKey() {
            return start.bookmark()
                    .filter(bookmark -> start.kind().behindBookmark())
                    .map(bookmark -> table().keyFormat().of(bookmark.progress().lastKey()))
                    .orElse(RowKey.NONE);
        }
    }

    /**
     * Where reading begins.
     *
     * @param bookmark the bookmark of the load that is resumed; empty for a new load
     */
    record Start(StartKind kind, Optional<Bookmark> bookmark) {
        static final Start NEW = new Start(StartKind.NEW, Optional.empty());

        static Start from(StartKind kind, Bookmark bookmark) {
            return new Start(kind, Optional.of(bookmark));
        }
    }

    /** The ways in which a load, or an attempt at one, begins. */
    enum StartKind {
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
