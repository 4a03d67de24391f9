package io.postgresloader.camel.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.postgresloader.monitor.LoaderMeter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outcome of each reload, for the log, the meter, the health check and JMX. */
public final class Reloads {
    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    private final MeterRegistry meters;
    private final SortedMap<String, Outcome> rejected = new TreeMap<>();
    private Outcome last;

    public Reloads(MeterRegistry meters) {
        this.meters = meters;
        for (Result result : Result.values()) {
            count(result).increment(0);
        }
    }

    /** How a reload ended. */
    public enum Result {
        /** The loader runs with the file as it was saved. */
        APPLIED,
        /** The file was deleted, and its routes are stopped. */
        REMOVED,
        /** The file is not used; the running configuration did not change. */
        REJECTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The outcome for one file.
     *
     * @param line of the problem, from 1; 0: unknown, or no problem
     * @param reason why the file was rejected, or what changed
     */
    public record Outcome(Instant time, Path file, Result result, int line, String reason) {
        /** The file, and the line if it is known: {@code routes/load-chunk.camel.yaml:12}. */
        public String place() {
            return line > 0 ? file + ":" + line : file.toString();
        }

        @Override
        public String toString() {
            return place() + " " + result.word() + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    synchronized void applied(Path file, String what) {
        rejected.remove(file.toString());
        keep(new Outcome(Instant.now(), file, Result.APPLIED, 0, what));
        LOG.info("{} reloaded{}", file, what.isEmpty() ? "" : ": " + what);
    }

    synchronized void removed(Path file) {
        rejected.remove(file.toString());
        keep(new Outcome(Instant.now(), file, Result.REMOVED, 0, ""));
        LOG.info("{} was deleted; its routes are stopped", file);
    }

    /** The same problem of the same file is logged and counted once. */
    synchronized void rejected(Path file, int line, String reason) {
        Outcome outcome = new Outcome(Instant.now(), file, Result.REJECTED, line, reason);
        Outcome before = rejected.put(file.toString(), outcome);
        if (before != null && before.line() == line && before.reason().equals(reason)) {
            return;
        }
        keep(outcome);
        LOG.error("{} is not used; the running configuration does not change: {}", outcome.place(), reason);
    }

    /** The file matches the running configuration, so that an earlier problem of the file has ended. */
    synchronized void unchanged(Path file) {
        if (rejected.remove(file.toString()) != null) {
            LOG.info("{} matches the running configuration again", file);
        }
    }

    /** The files that differ from the running configuration because they cannot be used. */
    public synchronized List<Outcome> rejected() {
        return List.copyOf(rejected.values());
    }

    /** The last outcome; empty: no file was saved since the start. */
    public synchronized Optional<Outcome> last() {
        return Optional.ofNullable(last);
    }

    private void keep(Outcome outcome) {
        last = outcome;
        count(outcome.result()).increment();
    }

    private Counter count(Result result) {
        return LoaderMeter.RELOADS.counter(meters, result.word());
    }
}
