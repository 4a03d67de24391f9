package io.postgresloader.tracking;

import io.postgresloader.model.Bookmark;
import io.postgresloader.model.SourceOrigin;
import io.postgresloader.model.Watermarks;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A table's row in {@code etl_load_status} when a load begins.
 *
 * @param epoch the number of this load; only its holder may write the row
 * @param before how the load before ended
 * @param watermarks up to where the table is loaded; empty: no load of ours ever succeeded
 * @param fingerprint what that load depended on
 * @param bookmark the position of an unfinished load
 * @param seen what the source said of the table when the last load began; empty: it does not know, or it was not asked
 * @param origin where the rows of the last load came from; empty: it was not recorded
 * @param backfill why rows that are loaded already must be loaded again; empty: they need not
 * @param readers what the row tells those who read the target
 */
public record TableState(
        long epoch,
        Ended before,
        Optional<Watermarks> watermarks,
        Map<String, String> fingerprint,
        Optional<Bookmark> bookmark,
        Optional<Seen> seen,
        Optional<SourceOrigin> origin,
        Optional<String> backfill,
        ForReaders readers) {
    /** A table without a tracking row. */
    public static final TableState UNKNOWN = new TableState(
            0,
            new Ended("pending", null, null),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ForReaders.NOTHING);

    /** A table whose rows have no stamps, and which claims nothing. */
    public TableState(
            long epoch,
            Ended before,
            Optional<Watermarks> watermarks,
            Map<String, String> fingerprint,
            Optional<Bookmark> bookmark,
            Optional<Seen> seen,
            Optional<SourceOrigin> origin,
            Optional<String> backfill) {
        this(epoch, before, watermarks, fingerprint, bookmark, seen, origin, backfill, ForReaders.NOTHING);
    }

    public TableState {
        fingerprint = Map.copyOf(fingerprint);
    }

    /** This state after a change of the schema, which voids the bookmark of the load before. */
    public TableState backfilling(String reason) {
        return new TableState(
                epoch, before, watermarks, fingerprint, Optional.empty(), seen, origin, Optional.of(reason), readers);
    }

    TableState with(ForReaders claims) {
        return new TableState(epoch, before, watermarks, fingerprint, bookmark, seen, origin, backfill, claims);
    }

    /** This state when it is read again by a later attempt of a load: how the load before ended is as at first. */
    public TableState endedBefore(Ended first) {
        return new TableState(epoch, first, watermarks, fingerprint, bookmark, seen, origin, backfill, readers);
    }

    /**
     * What the row tells those who read the target.
     *
     * @param stampColumn the column of the row stamp; empty: rows are not stamped
     * @param claimedUpTo the latest time, in UTC by the source's clock, up to which the table is said to be loaded or
     *     complete; empty: it claims nothing
     */
    public record ForReaders(Optional<String> stampColumn, Optional<LocalDateTime> claimedUpTo) {
        static final ForReaders NOTHING = new ForReaders(Optional.empty(), Optional.empty());

        /** The source's clock as a load sees it may be a second old, and before MySQL 5.6.4 it has whole seconds. */
        private static final Duration DOUBT = Duration.ofSeconds(3);

        /**
         * Whether the table claims what cannot be: the source's clock went back, or another server answers.
         *
         * @param clock of the source, in UTC
         */
        public boolean ahead(LocalDateTime clock) {
            return claimedUpTo.filter(time -> time.isAfter(clock.plus(DOUBT))).isPresent();
        }
    }

    /**
     * What the source said of a table without looking at its rows.
     *
     * @param token the same as long as nothing changed
     * @param settled whether all changes that it covers were committed before the load's horizon
     */
    public record Seen(String token, boolean settled) {
        private static final String OPTIONS = ", options ";

        /**
         * @param source what the source said of the table
         * @param options what identifies the options of the load
         */
        public static Seen of(String source, String options, boolean settled) {
            return new Seen(source + OPTIONS + options, settled);
        }

        /** Whether the source says the same again. */
        public boolean sameSource(String source) {
            return source().equals(source);
        }

        /** Whether the source said the same at another load, which may have had other options. */
        public boolean sameSource(Seen other) {
            return sameSource(other.source());
        }

        /** Whether a load with these options recorded it. */
        public boolean hasOptions(String options) {
            return token.endsWith(OPTIONS + options);
        }

        private String source() {
            int options = token.indexOf(OPTIONS);
            return options < 0 ? token : token.substring(0, options);
        }
    }

    /**
     * How a load ended.
     *
     * @param status {@code load_status}
     * @param errorClass the kind of failure; null when it did not fail
     * @param error what failed; null when it did not fail
     */
    public record Ended(String status, String errorClass, String error) {}
}
