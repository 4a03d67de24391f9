package io.postgresloader.load;

import io.postgresloader.model.Horizon;
import io.postgresloader.model.TableOptions;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Stops a load whose window would silently be empty or wrong for ever. */
final class Sanity {
    private Sanity() {}

    /** @throws io.postgresloader.model.LoadFailedException of kind SCHEMA, saying what to do */
    static void check(LoadRun run, Horizon horizon) {
        TableOptions options = run.options();
        LocalDate today = horizon.wallClock().toLocalDate();
        options.bounds().max().filter(today::isAfter).ifPresent(max -> {
            throw Refusals.schema("table " + options.table() + ": max_date " + max + " is past, the source's clock"
                    + " shows " + today + ": no change would ever be seen again; move max_date into the future");
        });
        run.state().watermarks().ifPresent(watermarks -> {
            LocalDateTime earliest = watermarks.horizon().minus(options.lookback());
            if (horizon.clock().isBefore(earliest)) {
                throw Refusals.schema("table " + options.table() + ": the source's clock shows " + horizon.clock()
                        + " UTC, before the watermark " + watermarks.horizon() + " UTC: it was restored or set back;"
                        + " when that is meant, load the table again with: once " + options.table() + " --full");
            }
        });
    }
}
