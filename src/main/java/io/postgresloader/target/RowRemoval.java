package io.postgresloader.target;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Takes rows away from the target, in the running transaction: deletes them, or marks them as gone. */
public final class RowRemoval {
    private final DataSource target;
    private final TargetTable table;

    public RowRemoval(DataSource target, TargetTable table) {
        this.target = target;
        this.table = table;
    }

    /**
     * @param keys as the server reads them, at least one
     * @return how many rows there were
     */
    public int remove(List<List<String>> keys) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(target);
        try (PreparedStatement statement =
                connection.prepareStatement(table.sql().remove(keys.size()))) {
            int index = 1;
            for (List<String> key : keys) {
                for (String value : key) {
                    // Without a type of its own the value takes the column's.
                    statement.setObject(index++, value, Types.OTHER);
                }
            }
            return statement.executeUpdate();
        } finally {
            DataSourceUtils.releaseConnection(connection, target);
        }
    }
}
