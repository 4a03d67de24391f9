package io.postgresloader.load.plan;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.Column;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Watermarks;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.TargetRows;
import io.postgresloader.tracking.TableState;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a proof that the rows with the greatest keys were deleted, when the source gives out their keys a second time.
 * Old servers do so after a restart, and all of them after {@code ALTER TABLE … AUTO_INCREMENT}.
 *
 * <p>A source that was restored to an earlier time looks the same, but cannot have a row that the server itself has marked
 * as edited after all of those keys were given out. If the target has the same mark of that row, the row was not edited
 * after the restore. Nor is anything lost if the target has none of those rows any more, since earlier comparisons have
 * found that they were deleted.
 */
final class DeletedTail {
    /** The latest edits that were loaded; some of them may not have arrived. */
    private static final int LOOKED_AT = 20;

    private final LoadServices services;
    private final PreparedTable table;
    private final TableState state;
    private final TargetRows target;

    DeletedTail(LoadServices services, PreparedTable table, TableState state) {
        this.services = services;
        this.table = table;
        this.state = state;
        this.target = new TargetRows(services.warehouse(), table.name());
    }

    /**
     * @param loaded the greatest key that was loaded before
     * @param greatest the source's greatest key now, which is less; an empty table proves nothing
     */
    boolean proven(BigInteger loaded, Optional<BigInteger> greatest) {
        if (greatest.isEmpty() || !services.targetTables().exists(table.name())) {
            return false;
        }
        String key = table.integerKey().orElseThrow();
        return !target.anyAbove(key, greatest.get(), table.removal().marks())
                || givenOut(loaded).filter(time -> editedAfter(key, time)).isPresent();
    }

    /** When all keys up to the greatest had been given out: the earliest time that is known. */
    private Optional<LocalDateTime> givenOut(BigInteger loaded) {
        return state.watermarks().stream()
                .flatMap(watermarks -> watermarks.keyMarks().stream())
                .filter(mark -> mark.key().compareTo(loaded) >= 0)
                .map(KeyMark::utc)
                .findFirst();
    }

    private boolean editedAfter(String key, LocalDateTime time) {
        return table.source().columns().stream()
                .filter(column -> column.setOnUpdate() && column.dataType().equals("timestamp"))
                .anyMatch(column -> editedAfter(key, column, time));
    }

    private boolean editedAfter(String key, Column edited, LocalDateTime time) {
        LocalDateTime loadedUpTo = state.watermarks().map(Watermarks::horizon).orElse(time);
        List<RowKey> keys =
                services
                        .sourceQueries()
                        .setWithin(table.name(), key, edited.name(), time, loadedUpTo, LOOKED_AT)
                        .stream()
                        .map(value -> table.keyFormat().of(List.of(value.toString())))
                        .toList();
        return !keys.isEmpty() && read(keys).map(page -> anySame(page, edited)).orElse(false);
    }

    private Optional<Page> read(List<RowKey> keys) {
        try {
            return Optional.of(services.sourceRows().read(table.rowsWith(keys)));
        } catch (SQLException e) {
            throw new LoadFailedException(SqlFailures.of(e));
        }
    }

    private boolean anySame(Page page, Column edited) {
        List<String> names = table.source().columnNames();
        String type = table.rowFormat().targetTypes().get(edited.name());
        String key = table.integerKey().orElseThrow();
        for (int row = 0; row < page.rows().rows(); row++) {
            List<String> cells = page.rows().cells(row);
            String value = cells.get(names.indexOf(edited.name()));
            if (target.has(key, new BigInteger(cells.get(names.indexOf(key))), edited.name(), type, value)) {
                return true;
            }
        }
        return false;
    }
}
