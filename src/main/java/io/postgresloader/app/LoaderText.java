package io.postgresloader.app;

import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.LoaderRecords.Loader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code status} says of the processes of the command {@code run}. */
final class LoaderText {
    private LoaderText() {}

    /** One line for each. */
    static String of(List<Loader> loaders) {
        return loaders.isEmpty()
                ? "no loader runs (command run)" + System.lineSeparator()
                : loaders.stream()
                        .map(loader -> of(loader) + System.lineSeparator())
                        .collect(Collectors.joining());
    }

    /**
     * For example {@code a loader runs since 2026-03-01T06:00:00 UTC: host db1, process 41, version 1.2.0}. What matters
     * most comes first: a narrow screen cuts the line.
     */
    static String of(Loader loader) {
        LoaderRecords.Process process = loader.process();
        return "a loader "
                + switch (loader.state()) {
                    case RUNNING -> "runs since " + time(loader.started());
                    case NOT_SEEN -> "was not seen since " + time(loader.lastBeat());
                    case STOPPED -> "was stopped at " + time(loader.ended().orElseThrow());
                }
                + ": host " + process.host() + ", process " + process.processId() + ", version " + process.version();
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "") + " UTC";
    }
}
