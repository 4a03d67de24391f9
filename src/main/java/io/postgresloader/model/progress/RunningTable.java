package io.postgresloader.model.progress;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was being done on a table at one moment.
 *
 * @param started when the work began, by the loader's clock
 * @param rowsDone of a load the committed rows, those of earlier processes included that it continues; of a comparison
 *     the compared rows
 * @param rowsRead the rows done, and those that were read and are not committed yet
 * @param rowsExpected the rows done when the work will be complete. A load has counted them; a comparison has the source's
 *     estimate. Empty: not known, or more rows than that are done already
 * @param rowsPerSecond over the last seconds; 0: no row was done
 * @param estimatedEnd when the expected rows will be done at this speed, by the loader's clock; empty: not known, or all are
 *     done
 */
public record RunningTable(
        String table,
        WorkKind kind,
        WorkPhase phase,
        Instant started,
        long rowsDone,
        long rowsRead,
        OptionalLong rowsExpected,
        double rowsPerSecond,
        Optional<Instant> estimatedEnd) {

    /** The rows done, of those expected, from 0 to 1; empty: not known. */
    public OptionalDouble fraction() {
        return rowsExpected.isPresent() && rowsExpected.getAsLong() > 0
                ? OptionalDouble.of((double) rowsDone / rowsExpected.getAsLong())
                : OptionalDouble.empty();
    }

    /** This work as the part of an adoption that is being done. */
    RunningTable within(RunningTable adoption) {
        return new RunningTable(
                table,
                adoption.kind,
                phase,
                adoption.started,
                rowsDone,
                rowsRead,
                rowsExpected,
                rowsPerSecond,
                estimatedEnd);
    }
}
