package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.DeleteSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Deletes rows of the target, or marks them as deleted, in the running transaction. */
public final class RowRemoval {
    private final Warehouse warehouse;
    private final TargetTable table;

    public RowRemoval(Warehouse warehouse, TargetTable table) {
        this.warehouse = warehouse;
        this.table = table;
    }

    /**
     * @param keys as the server reads them, at least one
     * @return how many rows there were
     */
    public int remove(List<List<String>> keys) throws SQLException {
        return warehouse.onCurrentConnection(connection -> remove(connection, keys));
    }

    private int remove(Connection connection, List<List<String>> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(new DeleteSql(table.sql()).remove(keys.size()))) {
            int index = 1;
            for (List<String> key : keys) {
                for (String value : key) {
                    // Without a type of its own the value takes the column's.
                    statement.setObject(index++, value, Types.OTHER);
                }
            }
            return statement.executeUpdate();
        }
    }
}
