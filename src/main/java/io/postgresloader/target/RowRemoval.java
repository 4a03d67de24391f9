package io.postgresloader.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Removes rows from a target table in the running transaction: deletes them, or marks them as deleted. */
public final class RowRemoval {
    private final DataSource target;
    private final TargetTable table;

    public RowRemoval(DataSource target, TargetTable table) {
        this.target = target;
        this.table = table;
    }

    /**
     * @param keys in the form that the server reads; at least one
     * @return how many rows were deleted or marked
     */
    public int remove(List<List<String>> keys) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(target);
        try (PreparedStatement statement =
                connection.prepareStatement(table.sql().remove(keys.size()))) {
            int index = 1;
            for (List<String> key : keys) {
                for (String value : key) {
                    // A value without a type takes the type of the column.
                    statement.setObject(index++, value, Types.OTHER);
                }
            }
            return statement.executeUpdate();
        } finally {
            DataSourceUtils.releaseConnection(connection, target);
        }
    }
}
