package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.schema.SchemaChange;
import io.postgresloader.model.Failure;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.TargetFailures;
import io.postgresloader.tracking.RowStamps;
import io.postgresloader.tracking.TargetStates;
import io.postgresloader.tracking.TargetStates.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes the target table so that its rows fit: the statements, the new schema version and the reason for a back-fill
 * commit in one transaction. A statement times out after two seconds when readers lock the table; that is a transient
 * failure, and the load is retried.
 */
final class SchemaMigration {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);

    private final LoadServices services;
    private final TransactionTemplate transaction;
    private final TargetStates targetStates;
    private final RowStamps stamps;

    SchemaMigration(LoadServices services) {
        this.services = services;
        this.transaction = services.warehouse().transaction();
        this.targetStates = new TargetStates(services.warehouse());
        this.stamps = new RowStamps(services.warehouse());
    }

    /**
     * @param epoch the epoch of the load
     * @throws io.postgresloader.model.LoadFailedException of kind CLAIM_LOST when another load has begun a newer epoch;
     *     of kind SCHEMA when the key is not unique in the target, or PostgreSQL does not support a statement for the
     *     table
     */
    void apply(String table, long epoch, SchemaChange change) {
        if (change.alreadyApplied()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> run(table, epoch, change));
        } catch (RuntimeException e) {
            throw explained(table, change, e);
        }
        Level level = change.version().number() == 1 ? Level.INFO : Level.WARN;
        change.changes().forEach(line -> LOG.atLevel(level).log("{}: {}", table, line));
    }

    private void run(String table, long epoch, SchemaChange change) {
        if (!services.loadStatus().lock(table, epoch)) {
            throw LoadErrors.claimLost(table);
        }
        changeTarget(table, epoch, change.statements());
        if (change.stamping().starts()) {
            stamps.start(
                    table,
                    epoch,
                    change.stamping().column().orElseThrow(),
                    change.stamping().origin());
        }
        services.schemaVersions().add(table, change.version(), change.changes(), change.statements());
        // An excluded column may be loaded again from now on.
        targetStates.purged(table, epoch, Set.of());
        change.backfill().ifPresent(reason -> services.loadStatus().backfill(table, epoch, reason));
    }

    /**
     * Records the state after the loader's own statements, so that they are not taken for a change of another program.
     * A change that another program made before is not recorded: the end of the load must still see it.
     */
    private void changeTarget(String table, long epoch, List<String> statements) {
        if (statements.isEmpty()) {
            return;
        }
        boolean created = !services.targetTables().exists(table);
        if (!created) {
            services.targetTables().hold(table);
        }
        Change before = targetStates.change(table);
        services.targetTables().change(statements);
        if (created || before == Change.NONE || before == Change.COLUMNS) {
            targetStates.record(table, epoch);
        }
    }

    private RuntimeException explained(String table, SchemaChange change, RuntimeException thrown) {
        Optional<Failure> known = new TargetFailures(services.warehouse()).explained(table, thrown);
        if (known.isPresent()) {
            return new LoadFailedException(known.get());
        }
        Failure failure = SqlFailures.of(thrown);
        SchemaSql sql = new SchemaSql(services.targetTables().schema(), table);
        String problem = "table " + sql.schema() + "." + sql.table() + " cannot be made ready (" + failure.message();
        return switch (failure.sqlState().orElse("")) {
            case "23505" -> LoadErrors.schema(problem + "); to see the rows that prevent a unique key run: "
                    + sql.duplicates(change.version().key().columns()));
            case "0A000" -> change.statements()
                            .contains(sql.uniqueIndex(change.version().key().columns()))
                    ? LoadErrors.schema("table " + sql.schema() + "." + sql.table()
                            + " cannot have a unique index on its key ("
                            + change.version().key()
                            + "), without which rows cannot be upserted: a partitioned table must have its partition"
                            + " columns in the key")
                    : LoadErrors.schema(
                            problem + "); to see what prevents it run: " + String.join("; ", change.statements()));
            default -> thrown;
        };
    }
}
