package io.postgresloader.app;

import io.postgresloader.camel.notify.ChangeSteps;
import java.time.Duration;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the messages about changes before a command ends. What the channels do not take in time, the next loader sends. */
final class LastMessages {
    /** For each channel. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(LastMessages.class);

    private final ProducerTemplate template;

    private final Duration limit;

    LastMessages(ProducerTemplate template, Duration limit) {
        this.template = template;
        this.limit = limit;
    }

    /** Never fails: the command has done its work. */
    void send(ChangeSteps changes) {
        // Route files of an earlier version have no such route.
        if (template.getCamelContext().getRoute("notify") != null) {
            changes.look().forEach(this::send);
        }
    }

    private void send(String channel) {
        try {
            template.requestBody("seda:notify?timeout=" + limit.toMillis(), channel);
        } catch (CamelExecutionException e) {
            LOG.warn(
                    "The {} has not taken all messages within {} s; the next loader sends the others",
                    channel,
                    limit.toSeconds());
        }
    }
}
