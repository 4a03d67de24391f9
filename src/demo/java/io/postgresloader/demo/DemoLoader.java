package io.postgresloader.demo;

import io.postgresloader.app.Loader;
import io.postgresloader.app.LoadsAtOnce;
import io.postgresloader.app.LoadsDone;
import io.postgresloader.app.Operation;
import io.postgresloader.app.ProgressOption;
import io.postgresloader.app.Session;
import io.postgresloader.app.progress.ProgressDisplay;
import io.postgresloader.config.settings.Configuration;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The loader that the demo shows, on the shipped table list. */
final class DemoLoader {
    static final Duration SCHEDULE = Duration.ofSeconds(5);

    /**
     * The demo's writer commits at once; with a longer lookback a load would read mostly rows that it has read before.
     */
    private static final Duration LOOKBACK = Duration.ofSeconds(15);

    private final Session session;
    private final Loader loader;
    private final ProgressOption progress;

    private DemoLoader(Session session, Loader loader, ProgressOption progress) {
        this.session = session;
        this.loader = loader;
        this.progress = progress;
    }

    /** @param parts ends the loader */
    static DemoLoader start(Configuration configuration, ProgressOption progress, Parts parts) throws Exception {
        Session session = parts.start(() ->
                Session.open(configuration, options -> options.every(SCHEDULE).lookingBack(LOOKBACK)));
        Loader loader = parts.start(session::loader);
        loader.start();
        return new DemoLoader(session, loader, progress);
    }

    Settings settings() {
        return session.settings();
    }

    /** Loads all tables now. */
    LoadsDone loadAll(Consumer<String> say) throws Exception {
        List<LoadRequest> requests = session.catalog().tables().keySet().stream()
                .map(table -> new LoadRequest(table, LoadRequest.Kind.DUE, true))
                .toList();
        try (ProgressDisplay display =
                progress.show(session.running(), requests.size(), settings().jsonLog())) {
            Progress lines = new Progress(requests.size(), display.live() ? line -> {} : say);
            return new LoadsAtOnce(loader, settings().loading().workers()).load(requests, result -> {
                long rows = result.counts().pulled();
                display.finished(result.outcome() == LoadResult.Outcome.FAILED, rows);
                lines.done(rows);
            });
        }
    }

    /** Starts the scheduled loads and the port for health and metrics. */
    void operate(Parts parts) throws Exception {
        parts.start(() -> Operation.start(session, loader));
    }
}
