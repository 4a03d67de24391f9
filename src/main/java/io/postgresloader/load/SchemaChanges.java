package io.postgresloader.load;

import io.postgresloader.model.Failure;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.sql.SqlFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the target fit: statements, the new schema version and the call for a back-fill in one transaction, so that
 * nothing is half done. It gives up after two seconds if readers hold the table, and is tried again like anything else
 * that is transient.
 */
final class SchemaChanges {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaChanges.class);

    private final LoadServices services;
    private final TransactionTemplate transaction;

    SchemaChanges(LoadServices services) {
        this.services = services;
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(services.target()));
    }

    /**
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load took the table over; of
     *     kind SCHEMA when the key is not unique in the target
     */
    void apply(LoadRun run, SchemaPlan plan) {
        if (plan.recorded()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> change(run, plan));
        } catch (RuntimeException e) {
            throw inWords(run, plan, e);
        }
        plan.backfill().ifPresent(run::backfilling);
        Level level = plan.version().number() == 1 ? Level.INFO : Level.WARN;
        plan.changes().forEach(change -> LOG.atLevel(level).log("{}: {}", run.table(), change));
    }

    private void change(LoadRun run, SchemaPlan plan) {
        if (!services.loadStatus().lock(run.table(), run.epoch())) {
            throw Refusals.claimLost(run.table());
        }
        services.targetTables().change(plan.statements());
        services.schemaVersions().add(run.table(), plan.version(), plan.changes(), plan.statements());
        plan.backfill().ifPresent(reason -> services.loadStatus().backfill(run.table(), run.epoch(), reason));
    }

    private RuntimeException inWords(LoadRun run, SchemaPlan plan, RuntimeException thrown) {
        Failure failure = SqlFailures.of(thrown);
        if (failure.sqlState().filter("23505"::equals).isEmpty()) {
            return thrown;
        }
        SchemaSql sql = new SchemaSql(services.targetTables().schema(), run.table());
        return Refusals.schema("table " + sql.schema() + "." + sql.table() + " cannot be made ready ("
                + failure.message() + "); to see the rows that stand in the way of a unique key run: "
                + sql.duplicates(plan.version().key().columns()));
    }
}
