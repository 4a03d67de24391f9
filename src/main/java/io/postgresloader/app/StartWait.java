package io.postgresloader.app;

import io.postgresloader.camel.operate.ManagementServer;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.model.Failure;
import io.postgresloader.sql.SqlFailures;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the start of {@code run} until both databases can be used. Until the loader has started, the health of the
 * process is down and names what it waits for.
 */
final class StartWait implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartWait.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How often the log repeats a reason that does not change. */
    private static final Duration REPEAT = Duration.ofMinutes(10);

    private final Configuration configuration;
    private final ManagementServer server;
    private final long begun = System.nanoTime();
    private volatile Obstacle obstacle = new Obstacle("start", "the loader is starting");
    private long said = begun;

    /**
     * What the loader waits for.
     *
     * @param check the name of the check in the health of the process
     */
    private record Obstacle(String check, String reason) {}

    /**
     * Answers health checks from now on.
     *
     * @throws ConfigurationException if the table list is invalid, or a port is not available
     */
    StartWait(Configuration configuration) {
        this.configuration = configuration;
        Settings settings = configuration.settings();
        CatalogReader.read(settings.files().tables());
        Operation.requireAddresses(settings);
        server = settings.management().on() ? server(settings.management()) : null;
    }

    private ManagementServer server(Settings.Management settings) {
        try {
            return ManagementServer.beforeStart(
                    settings.host(), settings.port(), () -> obstacle.check(), () -> obstacle.reason());
        } catch (IOException e) {
            // Another process took the port since it was checked.
            Operation.requireAddresses(configuration.settings());
            throw new IllegalStateException("the management server did not start");
        }
    }

    /**
     * A session with both databases.
     *
     * @param failFast whether a database that cannot be used ends the wait
     * @throws UnreachableException if a database cannot be used, and the loader is not to wait
     * @throws ConfigurationException if the table list does not match the source
     */
    Session session(boolean failFast) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                // Before the session, which logs what it reads from the files.
                Databases.open(configuration.settings()).close();
                Session session = Session.open(configuration);
                started();
                return session;
            } catch (RuntimeException e) {
                Obstacle found = failFast ? null : obstacle(e);
                if (found == null) {
                    throw e;
                }
                say(found, pause);
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Why a database cannot be used now; null if the exception has another reason, or it is useless to wait. */
    private static Obstacle obstacle(RuntimeException thrown) {
        if (thrown instanceof UnreachableException unreachable) {
            return unreachable.lasting() ? null : new Obstacle(unreachable.database(), unreachable.getMessage());
        }
        if (thrown instanceof ConfigurationException) {
            return null;
        }
        Failure failure = SqlFailures.of(thrown);
        return SqlFailures.unusable(failure) ? new Obstacle("start", "a database failed: " + failure) : null;
    }

    private void say(Obstacle found, Duration pause) {
        boolean due = System.nanoTime() - said >= REPEAT.toNanos();
        if (due || !found.equals(obstacle)) {
            said = System.nanoTime();
            LOG.warn(
                    "{}; waiting for it, next attempt in {} s, later ones after up to {} s; --fail-fast ends the wait",
                    found.reason(),
                    pause.toSeconds(),
                    LONGEST_PAUSE.toSeconds());
        }
        obstacle = found;
    }

    private void started() {
        if (!obstacle.check().equals("start")) {
            LOG.info("Both databases can be used, after {} s", (System.nanoTime() - begun) / 1_000_000_000);
        }
        obstacle = new Obstacle("start", "the loader is starting");
    }

    /** Frees the port for the loader's own server. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
