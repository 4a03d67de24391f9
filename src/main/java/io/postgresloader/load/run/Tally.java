package io.postgresloader.load.run;

import io.postgresloader.target.AlteredRows;
import java.time.Instant;

/**
 * What this process has read of a load, in committed chunks.
 *
 * @param bytes the size of the rows, as COPY carries them
 * @param reasons why rows became dead letters
 * @param fromFirstRow whether this process pulled the load's first row
 * @param intoEmpty whether the target had no row before the load's first one
 * @param pulledBefore rows that the load had pulled before it was planned again
 * @param recounted whether it was planned again because fewer rows came than were counted
 * @param altered rows that triggers of the target changed
 * @param reported when the progress of the load was logged last, by the loader's clock
 */
record Tally(
        long bytes,
        DeadLetterReasons reasons,
        boolean fromFirstRow,
        boolean intoEmpty,
        long pulledBefore,
        boolean recounted,
        AlteredRows altered,
        Instant reported) {
    /** @param fromFirstRow false behind rows that another process, or an earlier load, pulled */
    static Tally none(boolean fromFirstRow) {
        return new Tally(0, DeadLetterReasons.NONE, fromFirstRow, false, 0, false, AlteredRows.NONE, Instant.now());
    }

    /** Of a load into a table that has no row. */
    Tally filling() {
        return new Tally(bytes, reasons, fromFirstRow, true, pulledBefore, recounted, altered, reported);
    }

    Tally plus(long chunkBytes, ChunkResult result) {
        return new Tally(
                bytes + chunkBytes,
                reasons.plus(result.reasons()),
                fromFirstRow,
                intoEmpty,
                pulledBefore,
                recounted,
                altered.plus(result.altered()),
                reported);
    }

    /** @param number more rows that were open dead letters already; negative for rows that are none any more */
    Tally plusOpenBefore(long number) {
        return new Tally(
                bytes,
                reasons.plusOpenBefore(number),
                fromFirstRow,
                intoEmpty,
                pulledBefore,
                recounted,
                altered,
                reported);
    }

    /** @param pulled the rows that the load had pulled before */
    Tally replanned(long pulled, boolean miscounted) {
        return new Tally(bytes, reasons, fromFirstRow, intoEmpty, pulled, recounted || miscounted, altered, reported);
    }

    Tally reported(Instant now) {
        return new Tally(bytes, reasons, fromFirstRow, intoEmpty, pulledBefore, recounted, altered, now);
    }
}
