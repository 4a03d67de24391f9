package io.postgresloader.camel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a route when its file is saved. The file is tried out first; a broken one changes nothing. Loads that run
 * end with the old routes, and the next ones begin with the new. Camel's own way would stop all routes at any save, and
 * lose those made from templates.
 */
public final class RouteReload extends RouteWatcherReloadStrategy {
    /** What runs all the time, or is built into other routes, is replaced by a restart only. */
    private static final Set<String> AT_RESTART = Set.of("table-timer.yaml", "load-worker.yaml", "errors.yaml");

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final long POLL_MILLIS = 500;

    private final LoadGate gate;
    private final RouteCheck check;

    /** @param beans what route files may name */
    public RouteReload(Path directory, LoadGate gate, Map<String, Object> beans) {
        super(directory.toString());
        setPattern("*.yaml");
        setRemoveAllRoutes(false);
        setPollTimeout(POLL_MILLIS);
        this.gate = gate;
        this.check = new RouteCheck(beans);
    }

    @Override
    protected void onRouteReload(Collection<Resource> files, boolean removeEverything) {
        files.forEach(this::reload);
    }

    private void reload(Resource file) {
        Path path = Path.of(file.getURI());
        String name = path.getFileName().toString();
        if (!Files.exists(path)) {
            LOG.warn("{} is gone; its routes run until the next start", path);
        } else if (AT_RESTART.contains(name)) {
            LOG.warn("{} was changed; this takes effect at the next start", path);
        } else {
            tryOut(file, path);
        }
    }

    private void tryOut(Resource file, Path path) {
        try {
            check.check(getCamelContext(), file);
        } catch (Exception e) {
            LOG.error("{} is not used, the routes before it stay in force: {}", path, reason(e));
            return;
        }
        gate.whenIdle(() -> super.onRouteReload(List.of(file), false));
        LOG.info("{} is in force", path);
    }

    /** The innermost message is the one that names the line, the option or the bean. */
    private static String reason(Exception thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.lines()
                .map(String::strip)
                .limit(4)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
