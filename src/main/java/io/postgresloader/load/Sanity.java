package io.postgresloader.load;

import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Stops a load whose window would silently be empty or wrong for ever. */
final class Sanity {
    private Sanity() {}

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, saying what to do */
    static void check(LoadRequest.Kind kind, TableOptions options, TableState state, Horizon horizon) {
        requireFuture(options, horizon);
        // A full load that was asked for begins anew: it is what the refusal asks people to do.
        if (kind != LoadRequest.Kind.FULL) {
            state.watermarks().ifPresent(watermarks -> requireOnward(options, horizon, watermarks));
        }
    }

    private static void requireFuture(TableOptions options, Horizon horizon) {
        LocalDate today = horizon.wallClock().toLocalDate();
        options.cursors().bounds().max().filter(today::isAfter).ifPresent(max -> {
            throw Refusals.schema("table " + options.table() + ": max_date " + max + " is past, the source's clock"
                    + " shows " + today + ": no change would ever be seen again; move max_date into the future");
        });
    }

    private static void requireOnward(TableOptions options, Horizon horizon, Watermarks watermarks) {
        LocalDateTime earliest = watermarks.horizon().minus(options.cursors().lookback());
        if (horizon.clock().isBefore(earliest)) {
            throw Refusals.schema("table " + options.table() + ": the source's clock shows " + horizon.clock()
                    + " UTC, before the watermark " + watermarks.horizon() + " UTC: it was restored or set back"
                    + RestoredSource.choice(options.table()));
        }
    }
}
