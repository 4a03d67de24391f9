package io.postgresloader.model;

import java.time.Duration;

/**
 * When and how a table is loaded.
 *
 * @param mode what each load reads
 * @param schedule the time between two loads
 * @param skipUnchanged whether a load is skipped when the source's {@code update_time} shows no change
 * @param maxDeadLetterFraction the dead letter limit: the part of a load's rows, 0 to 1, that may become dead letters
 *     before the load stops
 */
public record LoadOptions(LoadMode mode, Duration schedule, boolean skipUnchanged, double maxDeadLetterFraction) {
    public static final LoadOptions DEFAULT = new LoadOptions(LoadMode.AUTO, Duration.ofMinutes(5), true, 0.1);

    /** These options with another schedule. */
    public LoadOptions every(Duration newSchedule) {
        return new LoadOptions(mode, newSchedule, skipUnchanged, maxDeadLetterFraction);
    }
}
