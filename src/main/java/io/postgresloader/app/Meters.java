package io.postgresloader.app;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meter registries for JMX and Prometheus. They live as long as the loader; a reload does not replace them. */
final class Meters implements AutoCloseable {
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry all = new CompositeMeterRegistry(Clock.SYSTEM)
            .add(new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM))
            .add(prometheus);

    Meters() {
        // Camel tags each meter with its context, but there is only one.
        all.config().meterFilter(MeterFilter.ignoreTags("camelContext"));
    }

    MeterRegistry all() {
        return all;
    }

    PrometheusMeterRegistry prometheus() {
        return prometheus;
    }

    /** Adds the meters of the process and of its connection pools. */
    void ofProcess(Databases databases) {
        new JvmMemoryMetrics().bindTo(all);
        new JvmThreadMetrics().bindTo(all);
        new FileDescriptorMetrics().bindTo(all);
        new UptimeMetrics().bindTo(all);
        ofPool(databases.sourcePool());
        ofPool(databases.targetPool());
    }

    @Override
    public void close() {
        all.getRegistries().forEach(MeterRegistry::close);
        all.close();
    }

    private void ofPool(HikariDataSource pool) {
        pool.setMetricRegistry(all);
    }
}
