package io.postgresloader.camel.reload;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postgresloader.camel.AdoptionSteps;
import io.postgresloader.camel.ChunkSteps;
import io.postgresloader.camel.ChunkTransaction;
import io.postgresloader.camel.DeadLetterSteps;
import io.postgresloader.camel.FailureSteps;
import io.postgresloader.camel.LoadGate;
import io.postgresloader.camel.LoadQueue;
import io.postgresloader.camel.LoadSteps;
import io.postgresloader.camel.RawRows;
import io.postgresloader.camel.ReconcileSteps;
import io.postgresloader.camel.RetentionSteps;
import io.postgresloader.camel.TypedParameters;
import io.postgresloader.camel.UnchangedSteps;
import io.postgresloader.camel.notify.ChangeSteps;
import io.postgresloader.camel.notify.MailChannel;
import io.postgresloader.camel.notify.OutboxSteps;
import io.postgresloader.camel.notify.WebhookChannel;
import io.postgresloader.camel.operate.OperatorSteps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Processor;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A Camel context with all that the shipped routes name, but for databases: no load is asked for here. */
public final class RouteBench implements AutoCloseable {
    public final LoadGate gate = new LoadGate();
    public final DefaultCamelContext context = new DefaultCamelContext();
    public final Map<String, Object> beans = beans();

    public RouteBench() {
        beans.forEach(context.getRegistry()::bind);
        Properties properties = new Properties();
        properties.put("loader.workers", "2");
        properties.put("loader.retries", "5");
        properties.put("loader.retry_delay", "1000");
        properties.put("loader.retry_delay_max", "30000");
        properties.put("loader.reconcile_poll", "10000");
        properties.put("loader.gather", "500");
        properties.put("notify.period", "30000");
        properties.put("target.schema.quoted", "\"raw\"");
        context.getPropertiesComponent().setInitialProperties(properties);
        context.setSourceLocationEnabled(true);
        context.disableJMX();
    }

    private Map<String, Object> beans() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FailureSteps failure = new FailureSteps(meters, gate);
        ChunkSteps chunk = new ChunkSteps(null, gate);
        DataSource nowhere = new DriverManagerDataSource();
        return Map.ofEntries(
                Map.entry("source", nowhere),
                Map.entry("target", nowhere),
                Map.entry("chunkTransaction", new ChunkTransaction(new DataSourceTransactionManager(nowhere))),
                Map.entry("rawRows", new RawRows(true)),
                Map.entry("typedParameters", new TypedParameters()),
                Map.entry("load", new LoadSteps(null, null, null, null)),
                Map.entry("unchanged", new UnchangedSteps(null)),
                Map.entry("gathered", new GroupedBodyAggregationStrategy()),
                Map.entry("chunk", chunk),
                Map.entry("chunkResults", (AggregationStrategy) chunk::add),
                Map.entry("deadLetters", new DeadLetterSteps()),
                Map.entry("failure", failure),
                Map.entry("sayRetrying", (Processor) failure::retrying),
                Map.entry("queue", new LoadQueue(gate, table -> true, request -> {})),
                Map.entry("adoption", new AdoptionSteps(null)),
                Map.entry("retention", new RetentionSteps(null, null)),
                Map.entry("reconcile", new ReconcileSteps(null, gate, table -> true)),
                Map.entry("changes", new ChangeSteps(null, List.of())),
                Map.entry("outbox", new OutboxSteps(null, Duration.ZERO, () -> false)),
                Map.entry("webhookChannel", new WebhookChannel(Optional.empty())),
                Map.entry("mailChannel", new MailChannel(Optional.empty())),
                Map.entry("operator", new OperatorSteps(null, null, gate)),
                Map.entry(MicrometerConstants.METRICS_REGISTRY_NAME, meters));
    }

    @Override
    public void close() {
        context.stop();
    }
}
