package io.postgresloader.load.plan;

import io.postgresloader.load.schema.Preparation;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.SchemaChange;
import io.postgresloader.model.Cursor;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.SourceState;
import io.postgresloader.source.ClockReading;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What both databases report about a table before its load is planned. Nothing is decided here.
 *
 * @param preparation the table's schema on both sides, and the changes that the target needs
 * @param source when the source changed the table last; empty when it does not report that
 * @param keys the integer keys that the source has handed out
 * @param reading the source's clocks, read after {@code keys}: every key up to the greatest was handed out before
 * @param horizon the moment up to which the source is complete
 * @param cursors the configured cursor columns that the table has
 * @param filled those of them in which some row has a date inside the bounds
 * @param openDeadLetters the open dead letters that the load may close
 */
public record TableFacts(
        Preparation preparation,
        Optional<SourceState> source,
        Keys keys,
        ClockReading reading,
        Horizon horizon,
        Cursors cursors,
        Set<Cursor> filled,
        OpenDeadLetters openDeadLetters) {
    public TableFacts {
        filled = Set.copyOf(filled);
    }

    public PreparedTable table() {
        return preparation.table();
    }

    public SchemaChange change() {
        return preparation.change();
    }

    /**
     * Integer keys of the source.
     *
     * @param greatest the greatest key of a row; empty for other keys and for an empty table
     * @param lost set if that key is lower than one that was loaded before
     * @param top some of the greatest keys, in descending order; empty unless the load looks for new rows by key alone
     */
    public record Keys(Optional<BigInteger> greatest, Optional<LostKeys> lost, List<BigInteger> top) {
        public Keys {
            top = List.copyOf(top);
        }

        Keys(Optional<BigInteger> greatest, Optional<LostKeys> lost) {
            this(greatest, lost, List.of());
        }

        Keys withTop(List<BigInteger> greatestOnes) {
            return new Keys(greatest, lost, greatestOnes);
        }
    }

    /**
     * Keys that were loaded before and that the source does not have any more: their rows were deleted, or the source
     * was restored to an earlier time. Only then the key that the source hands out next is queried.
     *
     * @param loaded the greatest key that was loaded before
     * @param next the key that the source hands out next; empty if it hands out none
     * @param deleted whether it is proven that these rows were deleted, and that the source was not restored
     */
    public record LostKeys(BigInteger loaded, Optional<BigInteger> next, boolean deleted) {
        /** Whether the source hands out keys a second time. */
        boolean again() {
            return next.filter(key -> key.compareTo(loaded) <= 0).isPresent();
        }

        LostKeys provenDeleted() {
            return new LostKeys(loaded, next, true);
        }
    }
}
