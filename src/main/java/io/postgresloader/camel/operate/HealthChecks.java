package io.postgresloader.camel.operate;

import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.config.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.monitor.Concern;
import io.postgresloader.monitor.Standing;
import io.postgresloader.monitor.Standings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * What {@code /observe/health} tells, and JMX as well: whether both databases answer, and, each by its name, tables that
 * call for a person, timers that do not run, and files that could not be brought into force. Camel's own checks count
 * exchanges: one whose failure was recorded is a success to them, and a route that somebody paused is a failure.
 */
public final class HealthChecks implements AutoCloseable {
    private final TableTimers timers;
    private final Standings standings;
    private final Supplier<Catalog> catalog;
    private final Reloads reloads;
    private final Instant begun = Instant.now();
    private final ExecutorService probes = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "health-probe");
        thread.setDaemon(true);
        return thread;
    });

    public HealthChecks(TableTimers timers, Standings standings, Supplier<Catalog> catalog, Reloads reloads) {
        this.timers = timers;
        this.standings = standings;
        this.catalog = catalog;
        this.reloads = reloads;
    }

    /** Adds the checks to a context's. */
    public void register(CamelContext context, DataSource source, DataSource target) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        registry.register(database("source", source));
        registry.register(database("target", target));
        registry.register(new HealthCheckOf("tables", false, this::tables));
        registry.register(new HealthCheckOf("timers", false, this::timers));
        registry.register(new HealthCheckOf("reload", false, this::reload));
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }

    private HealthCheckOf database(String name, DataSource database) {
        DatabaseProbe probe = new DatabaseProbe(database, probes);
        return new HealthCheckOf(name, true, result -> {
            if (probe.answers()) {
                result.up();
            } else {
                result.down().message("the " + name + " database does not answer");
            }
        });
    }

    private void tables(HealthCheckResultBuilder result) {
        Optional<List<Standing>> all = standings.all();
        if (all.isEmpty()) {
            result.unknown().message("the target does not answer");
            return;
        }
        Set<String> paused = timers.paused();
        Map<String, List<String>> concerns = new TreeMap<>();
        for (Standing standing : all.get()) {
            if (!paused.contains(standing.line().table())) {
                concern(standing).ifPresent(word -> concerns.computeIfAbsent(word, w -> new ArrayList<>())
                        .add(standing.line().table()));
            }
        }
        tell(result, concerns);
        result.detail("paused", List.copyOf(paused));
    }

    /** Dead letters and rows that a comparison left on purpose are for status: the table is loaded all the same. */
    private Optional<String> concern(Standing standing) {
        Concern concern = standing.concern();
        if (concern == Concern.DIFFERS) {
            return standing.line().verifyResult().filter(r -> standing.calls()).map(r -> "comparison " + r);
        }
        boolean late = concern == Concern.OVERDUE
                || (concern == Concern.PENDING || concern == Concern.UNTRACKED)
                        && outOfPatience(standing.line().table());
        if (late) {
            return Optional.of("without a success for three periods");
        }
        return concern == Concern.FAILED ? Optional.of("failed") : Optional.empty();
    }

    private boolean outOfPatience(String table) {
        Duration up = Duration.between(begun, Instant.now());
        Optional<TableOptions> options = catalog.get().table(table);
        return options.filter(o -> up.compareTo(Standing.patience(o)) > 0).isPresent();
    }

    private void timers(HealthCheckResultBuilder result) {
        List<String> silent = timers.silent();
        tell(result, silent.isEmpty() ? Map.of() : Map.of("without a started route", silent));
    }

    private void reload(HealthCheckResultBuilder result) {
        Map<String, String> rejected = new TreeMap<>();
        reloads.rejected().forEach(outcome -> rejected.put(outcome.place(), outcome.reason()));
        tell(result, rejected);
    }

    private static void tell(HealthCheckResultBuilder result, Map<String, ?> wrong) {
        if (wrong.isEmpty()) {
            result.up();
        } else {
            result.down();
            wrong.forEach(result::detail);
        }
    }
}
