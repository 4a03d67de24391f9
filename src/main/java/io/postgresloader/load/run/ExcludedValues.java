package io.postgresloader.load.run;

import io.postgresloader.load.LoadErrors;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.schema.SchemaChange;
import io.postgresloader.model.Failure;
import io.postgresloader.sql.SchemaSql;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.ColumnPurge;
import io.postgresloader.target.TargetColumn;
import io.postgresloader.tracking.RemovalRecords;
import io.postgresloader.tracking.TargetStates;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the values of excluded columns from the target, once for each column, if {@code purge_excluded} is set. */
final class ExcludedValues {
    private static final Logger LOG = LoggerFactory.getLogger(ExcludedValues.class);

    private final LoadServices services;
    private final TargetStates targetStates;

    ExcludedValues(LoadServices services) {
        this.services = services;
        this.targetStates = new TargetStates(services.warehouse());
    }

    /**
     * @param schema the change of the schema that has been applied; a column may have been loaded again since its purge
     * @throws io.postgresloader.model.LoadFailedException of kind SCHEMA when values cannot be removed
     */
    void purge(Claim claim, SchemaChange schema) {
        boolean purges = claim.options().columns().purgeExcluded()
                && !claim.options().columns().excluded().isEmpty();
        if (!purges) {
            return;
        }
        Set<String> purged = schema.alreadyApplied() ? targetStates.purged(claim.table()) : Set.of();
        Set<String> excluded = excluded(claim, schema);
        for (String column : excluded) {
            if (!purged.contains(column)) {
                purge(claim, column, schema.stamping().column());
            }
        }
        if (!purged.equals(excluded)) {
            targetStates.purged(claim.table(), claim.epoch(), excluded);
        }
    }

    /** The excluded columns that the target has and that can be written. */
    private Set<String> excluded(Claim claim, SchemaChange schema) {
        Set<String> excluded = new TreeSet<>();
        services.targetTables().find(claim.table()).ifPresent(table -> table.columns().values().stream()
                .filter(column -> column.writable() != TargetColumn.Writable.GENERATED)
                .map(TargetColumn::name)
                .filter(claim.options().columns()::excludes)
                .filter(column -> schema.version().column(column).isEmpty())
                .forEach(excluded::add));
        return excluded;
    }

    private void purge(Claim claim, String column, Optional<String> stamp) {
        ColumnPurge purge = new ColumnPurge(services.warehouse(), claim.table(), stamp);
        try {
            long removed = purge.purge(column, () -> Chunks.lock(services, claim, stamp));
            if (purge.remains(column)) {
                throw LoadErrors.schema("table " + claim.table() + ": the excluded column " + column
                        + " has values again after they were removed; a trigger or another program writes them");
            }
            if (removed > 0) {
                String done = removed + " values of the excluded column " + column + " removed from the target";
                LOG.warn("{}: {}", claim.table(), done);
                new RemovalRecords(services.warehouse())
                        .purged(UUID.randomUUID().toString(), claim.table(), removed, done);
            }
        } catch (RuntimeException e) {
            throw explained(claim.table(), column, e);
        }
    }

    private RuntimeException explained(String table, String column, RuntimeException thrown) {
        Failure failure = SqlFailures.of(thrown);
        if (failure.sqlState().filter("23502"::equals).isEmpty()) {
            return thrown;
        }
        SchemaSql sql = new SchemaSql(services.targetTables().schema(), table);
        return LoadErrors.schema("table " + table + ": the excluded column " + column
                + " must not be NULL in the target, so that purge_excluded cannot remove its values; run: "
                + sql.dropNotNull(column));
    }
}
