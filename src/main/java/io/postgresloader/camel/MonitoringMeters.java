package io.postgresloader.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.postgresloader.monitor.LatestValue;
import io.postgresloader.monitor.LoaderMeter;
import io.postgresloader.tracking.Monitoring;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The figures of the view {@code etl_monitoring} as gauges, such as {@code etl.monitoring.tracking.coverage.percent}.
 * NaN means that there is no figure or that the target does not answer. Reading a gauge queries the target, at most
 * twice a minute for all gauges together.
 */
public final class MonitoringMeters {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** The view reads all kept runs, and may take longer than anybody waits. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private MonitoringMeters() {}

    /** Registers a gauge for each column of the view. */
    public static void bind(Monitoring monitoring, MeterRegistry registry) {
        LatestValue<Map<String, OptionalDouble>> figures = new LatestValue<>(monitoring::figures, FRESH, WAIT, KEPT);
        for (String figure : Monitoring.FIGURES) {
            LoaderMeter.MONITORING.member(
                    registry,
                    figure.replace('_', '.'),
                    "Column " + figure + " of the view etl_monitoring",
                    () -> figure(figures, figure));
        }
    }

    private static double figure(LatestValue<Map<String, OptionalDouble>> figures, String name) {
        return figures.value()
                .map(read -> read.get(name))
                .orElse(OptionalDouble.empty())
                .orElse(Double.NaN);
    }
}
