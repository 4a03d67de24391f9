package io.postgresloader.camel.operate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.postgresloader.monitor.LoaderMeter;
import io.postgresloader.monitor.TableHealth;
import io.postgresloader.monitor.TableHealthMonitor;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The gauges of each table of the list; NaN where there is no value, or while the target does not answer. */
public final class TableMeters {
    private final TableHealthMonitor monitor;
    private final MultiGauge lag;
    private final MultiGauge newestChange;
    private final MultiGauge waiting;
    private final MultiGauge age;
    private final MultiGauge deadLetters;
    private final MultiGauge paused;

    public TableMeters(TableHealthMonitor monitor, MeterRegistry registry) {
        this.monitor = monitor;
        lag = LoaderMeter.TABLE_LAG.gauges(registry);
        newestChange = LoaderMeter.TABLE_NEWEST_CHANGE_AGE.gauges(registry);
        waiting = LoaderMeter.TABLE_WAITING.gauges(registry);
        age = LoaderMeter.TABLE_WATERMARK_AGE.gauges(registry);
        deadLetters = LoaderMeter.TABLE_DEAD_LETTERS.gauges(registry);
        paused = LoaderMeter.TABLE_PAUSED.gauges(registry);
    }

    /** Registers gauges for these tables and removes those of all others. */
    public void show(Collection<String> tables) {
        show(lag, tables, health -> seconds(health.lag()));
        show(newestChange, tables, health -> seconds(health.newestChange()));
        show(waiting, tables, health -> seconds(health.waiting()));
        show(age, tables, health -> seconds(health.age()));
        show(deadLetters, tables, health -> health.line().openDeadLetters());
        show(paused, tables, health -> health.line().pausedSince().isPresent() ? 1 : 0);
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(time -> time.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private void show(MultiGauge gauge, Collection<String> tables, ToDoubleFunction<TableHealth> value) {
        gauge.register(
                tables.stream()
                        .map(table -> MultiGauge.Row.of(Tags.of("table", table), table, name -> value(name, value)))
                        .toList(),
                true);
    }

    private double value(String table, ToDoubleFunction<TableHealth> value) {
        return monitor.of(table).map(value::applyAsDouble).orElse(Double.NaN);
    }
}
