package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.DeleteSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Removes rows from a target table in the running transaction: deletes them, or marks them as deleted. */
public final class RowRemoval {
    private final Warehouse warehouse;
    private final TargetTable table;

    public RowRemoval(Warehouse warehouse, TargetTable table) {
        this.warehouse = warehouse;
        this.table = table;
    }

    /**
     * If the table's rows are stamped, the transaction has taken its stamp.
     *
     * @param keys in the form that the server reads; at least one
     * @param loadId what the deletes feed names as the load
     * @return how many rows were deleted or marked
     */
    public int remove(List<List<String>> keys, String loadId) throws SQLException {
        return warehouse.onCurrentConnection(connection -> remove(connection, keys, loadId));
    }

    private int remove(Connection connection, List<List<String>> keys, String loadId) throws SQLException {
        DeleteSql sql = new DeleteSql(table.sql());
        try (PreparedStatement statement = connection.prepareStatement(sql.remove(keys.size()))) {
            int index = 1;
            for (List<String> key : keys) {
                for (String value : key) {
                    // A value without a type takes the type of the column.
                    statement.setObject(index++, value, Types.OTHER);
                }
            }
            if (sql.feeds()) {
                statement.setString(index, loadId);
            }
            return statement.executeUpdate();
        }
    }
}
