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
import java.util.Optional;

/** The meter registries for JMX and Prometheus. They live as long as the loader; a reload does not replace them. */
final class Meters implements AutoCloseable {
    private final Optional<PrometheusMeterRegistry> prometheus;
    private final CompositeMeterRegistry all = new CompositeMeterRegistry(Clock.SYSTEM);

    private Meters(Optional<PrometheusMeterRegistry> prometheus) {
        this.prometheus = prometheus;
    }

    /** Meters that are read over HTTP and JMX. */
    static Meters published() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters meters = new Meters(Optional.of(prometheus));
        meters.all.add(new JmxMeterRegistry(JmxConfig.DEFAULT, Clock.SYSTEM)).add(prometheus);
        // Camel tags each meter with its context, but there is only one.
        meters.all.config().meterFilter(MeterFilter.ignoreTags("camelContext"));
        return meters;
    }

    /** Meters that count nothing. */
    static Meters none() {
        return new Meters(Optional.empty());
    }

    /** Whether anything can read them. */
    boolean areRead() {
        return prometheus.isPresent();
    }

    MeterRegistry all() {
        return all;
    }

    /** Only of {@link #published} meters. */
    PrometheusMeterRegistry prometheus() {
        return prometheus.orElseThrow();
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
