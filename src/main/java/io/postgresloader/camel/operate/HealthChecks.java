package io.postgresloader.camel.operate;

import io.postgresloader.camel.PausedTables;
import io.postgresloader.camel.TableTimers;
import io.postgresloader.camel.reload.Reloads;
import io.postgresloader.monitor.DatabaseAnswer;
import io.postgresloader.monitor.Severity;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.TableHealthMonitor;
import io.postgresloader.tracking.StatusReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The checks behind {@code /observe/health} and JMX: whether both databases answer, and the names of tables that need
 * attention, of timers that do not run, and of files that could not be reloaded. Camel's own checks are not used: they
 * count an exchange whose failure was recorded as a success. What happened to a table before the loader started does
 * not count until a load of it has ended, or its first period is over.
 */
public final class HealthChecks {
    private final TableTimers timers;
    private final PausedTables paused;
    private final TableHealthMonitor monitor;
    private final Reloads reloads;
    private final int accepted;

    /** @param accepted so many open dead letters do not matter */
    public HealthChecks(
            TableTimers timers, PausedTables paused, TableHealthMonitor monitor, Reloads reloads, int accepted) {
        this.timers = timers;
        this.paused = paused;
        this.monitor = monitor;
        this.reloads = reloads;
        this.accepted = accepted;
    }

    /** Adds the checks to those of a context. */
    public void register(CamelContext context, DatabaseAnswer source, DatabaseAnswer target) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        registry.register(database(source));
        registry.register(database(target));
        registry.register(new HealthCheckOf("tables", false, this::tables));
        registry.register(new HealthCheckOf("dead_letters", false, this::deadLetters));
        registry.register(new HealthCheckOf("timers", false, this::timers));
        registry.register(new HealthCheckOf("reload", false, this::reload));
    }

    private static HealthCheckOf database(DatabaseAnswer database) {
        return new HealthCheckOf(database.name(), true, result -> {
            if (database.answers()) {
                result.up();
            } else {
                result.down()
                        .message(
                                database.refusesLogin()
                                        ? loginRefused(database.name())
                                        : "the " + database.name() + " database does not answer");
            }
        });
    }

    private static String loginRefused(String name) {
        String prefix = name.toUpperCase(Locale.ROOT);
        return "login refused by the " + name + " database; check " + prefix + "_USER and " + prefix + "_PASSWORD";
    }

    private void tables(HealthCheckResultBuilder result) {
        Optional<List<TableHealth>> all = monitor.all();
        if (all.isEmpty()) {
            result.unknown().message("the target does not answer");
            return;
        }
        Map<String, List<String>> concerns = new TreeMap<>();
        judged(all.get()).forEach(health -> concern(health)
                .ifPresent(word -> concerns.computeIfAbsent(word, w -> new ArrayList<>())
                        .add(health.line().table())));
        report(result, concerns);
        result.detail("paused", paused.names().stream().sorted().toList());
        List<String> interrupted = all.get().stream()
                .map(TableHealth::line)
                .filter(line -> line.state().equals("interrupted"))
                .map(StatusReport.Line::table)
                .toList();
        if (!interrupted.isEmpty()) {
            result.detail("interrupted", interrupted);
        }
    }

    /** Without paused tables, which wait for the operator already, and without what happened before the start. */
    private Stream<TableHealth> judged(List<TableHealth> all) {
        Set<String> left = paused.names();
        return all.stream()
                .filter(health -> !left.contains(health.line().table()))
                .filter(health ->
                        !timers.settles(health.line().table(), health.line().ended()));
    }

    /** Dead letters have a check of their own. Rows that a comparison leaves on purpose do not count: the table is loaded. */
    private Optional<String> concern(TableHealth health) {
        Severity severity = health.severity();
        if (severity == Severity.FAILED) {
            return Optional.of("failed");
        }
        if (health.comparisonFailed()) {
            return health.line().verifyResult().map(result -> "comparison " + result);
        }
        // Checked last and for any other concern: many a table has dead letters for a long time.
        boolean late = health.overdue()
                || health.age().isEmpty() && timers.outOfPatience(health.line().table());
        return late ? Optional.of("without a success for three periods") : Optional.empty();
    }

    /** Tables with open dead letters, each with their number. */
    private void deadLetters(HealthCheckResultBuilder result) {
        Optional<List<TableHealth>> all = monitor.all();
        if (all.isEmpty()) {
            result.unknown().message("the target does not answer");
            return;
        }
        Map<String, Long> open = new TreeMap<>();
        judged(all.get())
                .filter(health -> health.severity() != Severity.NOT_CONFIGURED)
                .filter(health -> health.line().openDeadLetters() > 0)
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
