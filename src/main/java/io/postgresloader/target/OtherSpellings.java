package io.postgresloader.target;

import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.ConflictSql;
import io.postgresloader.sql.SpellingSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Staged rows whose keys the target takes for the key of another row: an upsert would overwrite that row. Whether the
 * key was only changed to another spelling, or the source has both rows, the source alone knows.
 */
final class OtherSpellings {
    private final Connection connection;
    private final TargetTable table;

    OtherSpellings(Connection connection, TargetTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Why such a row is not written. */
    Failure failure() {
        return new Failure(
                FailureKind.ROW_DATA,
                Optional.of("23505"),
                "duplicate key: the target takes the key for that of another row; give the key of the target a type and"
                        + " collation that distinguish them");
    }

    /** The column of the key that takes several texts for equal, if there is one. */
    Optional<String> column() {
        return table.folded().size() == 1 ? table.folded().keySet().stream().findFirst() : Optional.empty();
    }

    /**
     * Finds them.
     *
     * @return by the {@code ctid} in the stage: the key of the target's row, as the server prints it; empty if the
     *     other row is staged as well
     */
    Map<String, List<String>> find() throws SQLException {
        Map<String, List<String>> others = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(new SpellingSql(table.sql()).others())) {
            while (row.next()) {
                List<String> key = new ArrayList<>();
                for (int column = 2; column < table.key().columns().size() + 2; column++) {
                    if (row.getString(column) != null) {
                        key.add(row.getString(column));
                    }
                }
                others.put(row.getString(1), key);
            }
        }
        return others;
    }

    /** Takes rows out of the stage, by their {@code ctid}s. */
    void unstage(Collection<String> rows) throws SQLException {
        String sql = new ConflictSql(table.sql()).unstage();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", rows.toArray()));
            statement.executeUpdate();
        }
    }
}
