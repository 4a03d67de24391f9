package io.postgresloader.camel;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bean {@code chunkTransaction}: runs the steps inside a {@code policy} in one PostgreSQL transaction. Camel's
 * {@code transacted} would add its own error handler, which prevents the retries of the route around it.
 */
public final class ChunkTransaction implements Policy {
    private final TransactionTemplate transaction;

    public ChunkTransaction(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // The steps need no change.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> transaction.executeWithoutResult(status -> {
            run(steps, exchange);
            if (exchange.getException() != null || exchange.isRollbackOnly()) {
                status.setRollbackOnly();
            }
        });
    }

    /** Runs the steps on this thread, which holds the transaction's connection. */
    private static void run(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
