package io.postgresloader.camel.reload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of the files that were saved while the loader runs: in the log, as a meter, for health and JMX. */
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

    /** How a reload can end. */
    public enum Result {
        /** What the file says is in force. */
        APPLIED,
        /** The file is gone, and what it said is not in force any more. */
        REMOVED,
        /** The file is not used; what was in force before still is. */
        REJECTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What came of one file.
     *
     * @param line where it is wrong, from 1; 0: unknown, or nothing is wrong
     * @param reason why it was rejected, or what changed
     */
    public record Outcome(Instant time, Path file, Result result, int line, String reason) {
        /** The file, and the line where it is known: {@code routes/load-chunk.yaml:12}. */
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
        LOG.info("{} is in force{}", file, what.isEmpty() ? "" : ": " + what);
    }

    synchronized void removed(Path file) {
        rejected.remove(file.toString());
        keep(new Outcome(Instant.now(), file, Result.REMOVED, 0, ""));
        LOG.info("{} is gone; its routes have stopped", file);
    }

    /** What was said before of the same file is not said again. */
    synchronized void rejected(Path file, int line, String reason) {
        Outcome outcome = new Outcome(Instant.now(), file, Result.REJECTED, line, reason);
        Outcome before = rejected.put(file.toString(), outcome);
        if (before != null && before.line() == line && before.reason().equals(reason)) {
            return;
        }
        keep(outcome);
        LOG.error("{} is not used, what was before it stays in force: {}", outcome.place(), reason);
    }

    /** The file is as it was when it was last in force. */
    synchronized void takenBack(Path file) {
        if (rejected.remove(file.toString()) != null) {
            LOG.info("{} is again as it is in force", file);
        }
    }

    /** The files that differ from what is in force, since they cannot be used. */
    public synchronized List<Outcome> rejected() {
        return List.copyOf(rejected.values());
    }

    /** The last outcome; empty: nothing was saved yet. */
    public synchronized Optional<Outcome> last() {
        return Optional.ofNullable(last);
    }

    private void keep(Outcome outcome) {
        last = outcome;
        count(outcome.result()).increment();
    }

    private Counter count(Result result) {
        return Counter.builder("etl.reloads")
                .description("Files that were saved while the loader ran, by what came of them")
                .tag("result", result.word())
                .register(meters);
    }
}
