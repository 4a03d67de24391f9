package io.postgresloader.camel.operate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.postgresloader.monitor.FreshnessMonitor;
import io.postgresloader.monitor.LoaderMeter;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.TableHealthMonitor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The gauges of each table of the list; NaN where there is no value, or while the target does not answer. */
public final class TableMeters {
    /** The results of a comparison after which the operator has to look at the table. */
    private static final List<String> RESULTS = List.of("different", "braked", "failed");

    private final TableHealthMonitor monitor;
    private final FreshnessMonitor freshness;
    private final Predicate<String> outOfPatience;
    private final MultiGauge lag;
    private final MultiGauge newestChange;
    private final MultiGauge waiting;
    private final MultiGauge age;
    private final MultiGauge deadLetters;
    private final MultiGauge paused;
    private final MultiGauge failed;
    private final MultiGauge overdue;
    private final MultiGauge comparison;
    private final MultiGauge proofAge;

    /** @param outOfPatience whether a load of the table should have succeeded since its timer runs */
    public TableMeters(
            TableHealthMonitor monitor,
            FreshnessMonitor freshness,
            Predicate<String> outOfPatience,
            MeterRegistry registry) {
        this.monitor = monitor;
        this.freshness = freshness;
        this.outOfPatience = outOfPatience;
        lag = LoaderMeter.TABLE_LAG.gauges(registry);
        newestChange = LoaderMeter.TABLE_NEWEST_CHANGE_AGE.gauges(registry);
        waiting = LoaderMeter.TABLE_WAITING.gauges(registry);
        age = LoaderMeter.TABLE_WATERMARK_AGE.gauges(registry);
        deadLetters = LoaderMeter.TABLE_DEAD_LETTERS.gauges(registry);
        paused = LoaderMeter.TABLE_PAUSED.gauges(registry);
        failed = LoaderMeter.TABLE_FAILED.gauges(registry);
        overdue = LoaderMeter.TABLE_OVERDUE.gauges(registry);
        comparison = LoaderMeter.TABLE_COMPARISON.gauges(registry);
        proofAge = LoaderMeter.TABLE_PROOF_AGE.gauges(registry);
    }

    /** Registers gauges for these tables and removes those of all others. */
    public void show(Collection<String> tables) {
        show(lag, tables, health -> seconds(health.lag()));
        show(newestChange, tables, health -> seconds(health.newestChange()));
        show(waiting, tables, health -> seconds(health.waiting()));
        show(age, tables, health -> seconds(health.age()));
        show(deadLetters, tables, health -> health.line().openDeadLetters());
        show(paused, tables, health -> flag(isPaused(health)));
        show(overdue, tables, health -> flag(isOverdue(health)));
        comparison.register(
                tables.stream()
                        .flatMap(table -> RESULTS.stream().map(result -> comparison(table, result)))
                        .toList(),
                true);
        read(proofAge, tables, freshness::proofAge);
        read(
                failed,
                tables,
                table -> freshness.failed(table).map(TableMeters::flag).orElse(Double.NaN));
    }

    private static boolean isPaused(TableHealth health) {
        return health.line().pausedSince().isPresent();
    }

    /** As the health check judges it: a table that was never loaded is late as well. */
    private boolean isOverdue(TableHealth health) {
        boolean late = health.overdue()
                || health.age().isEmpty() && outOfPatience.test(health.line().table());
        return late && !isPaused(health);
    }

    private MultiGauge.Row<?> comparison(String table, String result) {
        return MultiGauge.Row.of(
                LoaderMeter.TABLE_COMPARISON.pairs(table, result),
                table,
                name -> value(name, health -> flag(health.line().verifyResult().equals(Optional.of(result)))));
    }

    private static double flag(boolean is) {
        return is ? 1 : 0;
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(time -> time.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private void show(MultiGauge gauge, Collection<String> tables, ToDoubleFunction<TableHealth> value) {
        read(gauge, tables, table -> value(table, value));
    }

    private static void read(MultiGauge gauge, Collection<String> tables, ToDoubleFunction<String> value) {
        gauge.register(
                tables.stream()
                        .map(table -> MultiGauge.Row.of(Tags.of("table", table), table, value))
                        .toList(),
                true);
    }

    private double value(String table, ToDoubleFunction<TableHealth> value) {
        return monitor.of(table).map(value::applyAsDouble).orElse(Double.NaN);
    }
}
