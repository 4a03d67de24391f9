package io.postgresloader.camel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.tracking.Monitoring;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of the view {@code etl_monitoring} as gauges: {@code etl.monitoring.tracking.coverage.percent} and so on,
 * NaN where there is no figure, or while the target does not answer. Whoever reads one asks the target, at most twice a
 * minute for all of them.
 */
public final class MonitoringMeters {
    private static final Logger LOG = LoggerFactory.getLogger(MonitoringMeters.class);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Monitoring monitoring;
    private Map<String, OptionalDouble> figures = Map.of();
    private Instant read = Instant.MIN;

    private MonitoringMeters(Monitoring monitoring) {
        this.monitoring = monitoring;
    }

    /** Registers a gauge for each column of the view. */
    public static void bind(Monitoring monitoring, MeterRegistry registry) {
        MonitoringMeters meters = new MonitoringMeters(monitoring);
        for (String figure : Monitoring.FIGURES) {
            Gauge.builder("etl.monitoring." + figure.replace('_', '.'), () -> meters.figure(figure))
                    .description("Column " + figure + " of the view etl_monitoring")
                    .strongReference(true)
                    .register(registry);
        }
    }

    private synchronized double figure(String name) {
        if (Instant.now().isAfter(read.plus(FRESH))) {
            read = Instant.now();
            figures = read();
        }
        return figures.getOrDefault(name, OptionalDouble.empty()).orElse(Double.NaN);
    }

    private Map<String, OptionalDouble> read() {
        try {
            return monitoring.figures();
        } catch (RuntimeException e) {
            LOG.debug("the figures cannot be read now: {}", SqlFailures.of(e));
            return Map.of();
        }
    }
}
