package io.postgresloader.camel.operate;

import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.database.Logins;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.monitor.Severity;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.TableHealthMonitor;
import io.postgresloader.monitor.TimedCache;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The checks behind {@code /observe/health} and JMX: whether both databases answer, and the names of tables that need
 * attention, of timers that do not run, and of files that could not be reloaded. Camel's own checks are not used: they
 * count an exchange whose failure was recorded as a success, and a route that an operator paused as a failure.
 */
public final class HealthChecks {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int VALIDITY_SECONDS = 2;

    private final TableTimers timers;
    private final TableHealthMonitor monitor;
    private final Reloads reloads;
    private final int accepted;

    /** @param accepted so many open dead letters do not matter */
    public HealthChecks(TableTimers timers, TableHealthMonitor monitor, Reloads reloads, int accepted) {
        this.timers = timers;
        this.monitor = monitor;
        this.reloads = reloads;
        this.accepted = accepted;
    }

    /** Adds the checks to those of a context. */
    public void register(CamelContext context, Source source, Warehouse warehouse) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        registry.register(database("source", source.dataSource()));
        registry.register(database("target", warehouse.dataSource()));
        registry.register(new HealthCheckOf("tables", false, this::tables));
        registry.register(new HealthCheckOf("dead_letters", false, this::deadLetters));
        registry.register(new HealthCheckOf("timers", false, this::timers));
        registry.register(new HealthCheckOf("reload", false, this::reload));
    }

    private HealthCheckOf database(String name, DataSource database) {
        TimedCache<Boolean> answers = new TimedCache<>(() -> isValid(database), FRESH);
        return new HealthCheckOf(name, true, result -> {
            if (answers.value().orElse(false)) {
                result.up();
            } else {
                result.down()
                        .message(
                                Logins.refused(database)
                                        ? loginRefused(name)
                                        : "the " + name + " database does not answer");
            }
        });
    }

    private static String loginRefused(String name) {
        String prefix = name.toUpperCase(Locale.ROOT);
        return "login refused by the " + name + " database; check " + prefix + "_USER and " + prefix + "_PASSWORD";
    }

    private static boolean isValid(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDITY_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private void tables(HealthCheckResultBuilder result) {
        Optional<List<TableHealth>> all = monitor.all();
        if (all.isEmpty()) {
            result.unknown().message("the target does not answer");
            return;
        }
        Set<String> paused = timers.paused();
        Map<String, List<String>> concerns = new TreeMap<>();
        for (TableHealth health : all.get()) {
            if (!paused.contains(health.line().table())) {
                concern(health).ifPresent(word -> concerns.computeIfAbsent(word, w -> new ArrayList<>())
                        .add(health.line().table()));
            }
        }
        report(result, concerns);
        result.detail("paused", List.copyOf(paused));
    }

    /** Dead letters have a check of their own. Rows that a comparison leaves on purpose do not count: the table is loaded. */
    private Optional<String> concern(TableHealth health) {
        Severity severity = health.severity();
        if (severity == Severity.FAILED) {
            return Optional.of("failed");
        }
        if (severity == Severity.DIFFERS && health.needsAttention()) {
            return health.line().verifyResult().map(result -> "comparison " + result);
        }
        // Checked last and for any other concern: many a table has dead letters for a long time.
        boolean late = health.overdue()
                || health.age().isEmpty() && timers.outOfPatience(health.line().table());
        return late ? Optional.of("without a success for three periods") : Optional.empty();
    }

    /** Tables with open dead letters, each with their number. A paused table waits for the operator already. */
    private void deadLetters(HealthCheckResultBuilder result) {
        Optional<List<TableHealth>> all = monitor.all();
        if (all.isEmpty()) {
            result.unknown().message("the target does not answer");
            return;
        }
        Set<String> paused = timers.paused();
        Map<String, Long> open = new TreeMap<>();
        all.get().stream()
                .filter(health -> health.severity() != Severity.NOT_CONFIGURED)
                .filter(health -> health.line().openDeadLetters() > 0)
                .filter(health -> !paused.contains(health.line().table()))
                .forEach(health -> open.put(health.line().table(), health.line().openDeadLetters()));
        long sum = open.values().stream().mapToLong(Long::longValue).sum();
        report(result, sum > accepted ? open : Map.of());
    }

    private void timers(HealthCheckResultBuilder result) {
        List<String> silent = timers.silent();
        report(result, silent.isEmpty() ? Map.of() : Map.of("without a started route", silent));
    }

    private void reload(HealthCheckResultBuilder result) {
        Map<String, String> rejected = new TreeMap<>();
        reloads.rejected().forEach(outcome -> rejected.put(outcome.place(), outcome.reason()));
        report(result, rejected);
    }

    private static void report(HealthCheckResultBuilder result, Map<String, ?> wrong) {
        if (wrong.isEmpty()) {
            result.up();
        } else {
            result.down();
            wrong.forEach(result::detail);
        }
    }
}
