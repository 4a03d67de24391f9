package io.postgresloader.camel.notify;

import io.postgresloader.monitor.change.ChangeWatch;
import io.postgresloader.sql.SqlFailures;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code changes}: looks for changes. */
public final class ChangeSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeSteps.class);

    private final ChangeWatch watch;
    private final List<String> channels;

    /** @param channels those that take messages; none if nothing is to be told */
    public ChangeSteps(ChangeWatch watch, List<String> channels) {
        this.watch = watch;
        this.channels = List.copyOf(channels);
    }

    /** Looks once, and answers with the channels that may have messages. Never fails: the next look finds the same. */
    public List<String> look() {
        try {
            watch.look();
        } catch (RuntimeException e) {
            LOG.debug("Changes cannot be looked for now: {}", SqlFailures.of(e));
        }
        return channels;
    }
}
