package io.postgresloader.load.schema;

import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.type.RowFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a target table needs before rows can be written.
 *
 * @param changes descriptions of what differs from the last load, each with its column
 * @param statements the statements that change the target, in order
 * @param backfill why rows that are loaded already must be loaded again; empty when they need not
 * @param notes what the operator should know or do, with the statements to run
 * @param version the schema version after the change
 * @param alreadyApplied whether that version is stored: an earlier load has made the change, and there is nothing to do
 * @param rowFormat how rows are selected and encoded for the types that the target then has
 * @param removal how rows that were deleted in the source are removed: {@code DELETE} or {@code MARK}
 * @param stamping how its rows are stamped
 */
public record SchemaChange(
        List<String> changes,
        List<String> statements,
        Optional<String> backfill,
        List<String> notes,
        SchemaVersion version,
        boolean alreadyApplied,
        RowFormat rowFormat,
        DeletePolicy removal,
        Stamping stamping) {
    public SchemaChange {
        changes = List.copyOf(changes);
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }

    /** This change with further descriptions. */
    SchemaChange describing(List<String> further) {
        List<String> all = new ArrayList<>(changes);
        all.addAll(further);
        return new SchemaChange(
                all, statements, backfill, notes, version, alreadyApplied, rowFormat, removal, stamping);
    }
}
