package io.postgresloader.load.plan;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.Watermarks;
import io.postgresloader.tracking.TableState;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Fails a load whose window would silently be empty or wrong at every load. */
final class WindowGuard {
    private WindowGuard() {}

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, saying what to do */
    static void check(LoadRequest.Kind kind, TableOptions options, TableState state, Horizon horizon) {
        requireFuture(options, horizon);
        // The message of this check asks the operator for a full load, so a full load must pass.
        if (kind != LoadRequest.Kind.FULL) {
            state.watermarks().ifPresent(watermarks -> requireOnward(options, horizon, watermarks));
        }
    }

    private static void requireFuture(TableOptions options, Horizon horizon) {
        LocalDate today = horizon.wallClock().toLocalDate();
        options.cursors().bounds().max().filter(today::isAfter).ifPresent(max -> {
            throw LoadErrors.schema("table " + options.table() + ": max_date " + max + " is past, the source's clock"
                    + " shows " + today + ": no change would be loaded any more; set a later max_date");
        });
    }

    private static void requireOnward(TableOptions options, Horizon horizon, Watermarks watermarks) {
        LocalDateTime earliest = watermarks.horizon().minus(options.cursors().lookback());
        if (horizon.clock().isBefore(earliest)) {
            throw LoadErrors.schema("table " + options.table() + ": the source's clock shows " + horizon.clock()
                    + " UTC, before the watermark " + watermarks.horizon() + " UTC: it was restored or set back"
                    + RestoredSource.choice(options.table()));
        }
    }
}
