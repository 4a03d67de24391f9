package io.postgresloader.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies a table by its row stamps and the deletes feed alone, as the manual says, with none of the product's code. A
 * column that is NULL in a row is left out, so that a column that is added changes no row.
 */
public final class StampedReader {
    private static final OffsetDateTime NEVER = OffsetDateTime.parse("0001-01-01T00:00:00Z");

    private static final String UP_TO = " <= (SELECT stamped_up_to FROM raw.etl_freshness WHERE table_name = '%s')";

    private final Database target;
    private final String all;
    private final String rows;
    private final String deletes;
    private final Map<String, Entry> copy = new TreeMap<>();
    private OffsetDateTime rowsUpTo = NEVER;
    private OffsetDateTime deletesUpTo = NEVER;

    /**
     * @param rowKey an expression of the table's columns for the key, as text
     * @param feedKey the same of the column {@code key} of the deletes feed
     */
    public StampedReader(Database target, String table, String rowKey, String feedKey) {
        this.target = target;
        this.all = "SELECT " + rowKey + ", _loaded_at, jsonb_strip_nulls(to_jsonb(t))::text FROM raw." + table + " t";
        this.rows = all + " WHERE _loaded_at > ? AND _loaded_at" + UP_TO.formatted(table);
        this.deletes = "SELECT " + feedKey + ", deleted_at, load_id FROM raw.etl_deleted_row WHERE table_name = '"
                + table + "' AND deleted_at > ? AND deleted_at" + UP_TO.formatted(table) + " ORDER BY deleted_at";
    }

    private record Entry(String key, OffsetDateTime stamp, String row) {}

    /**
     * Reads what is new, rows and deletes each in a transaction of its own, in either order.
     *
     * @throws SQLException when the target cannot be asked; the copy then has all of a read or nothing
     */
    public void read(boolean deletesFirst) throws SQLException {
        try (Connection connection = target.connect()) {
            if (deletesFirst) {
                readDeletes(connection);
                readRows(connection);
            } else {
                readRows(connection);
                readDeletes(connection);
            }
        }
    }

    private void readRows(Connection connection) throws SQLException {
        for (Entry row : entries(connection, rows, rowsUpTo)) {
            copy.put(row.key(), row);
            rowsUpTo = row.stamp().isAfter(rowsUpTo) ? row.stamp() : rowsUpTo;
        }
    }

    /** A row with a later stamp than its delete was inserted after it. */
    private void readDeletes(Connection connection) throws SQLException {
        for (Entry deleted : entries(connection, deletes, deletesUpTo)) {
            deletesUpTo = deleted.stamp();
            if (deleted.key() == null) {
                copy.clear();
                rowsUpTo = NEVER;
            } else {
                copy.computeIfPresent(deleted.key(), (key, row) -> row.stamp().isBefore(deleted.stamp()) ? null : row);
            }
        }
    }

    private static List<Entry> entries(Connection connection, String sql, OffsetDateTime after) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, after);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(row.getString(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        return entries;
    }

    /** How the copy differs from the table now: the entries that only one of them has, each with where it is. */
    public List<String> differences() throws SQLException {
        Map<String, Entry> rest = new TreeMap<>(copy);
        List<String> differences = new ArrayList<>();
        try (Connection connection = target.connect()) {
            for (Entry row : entries(connection, all + " WHERE ? IS NOT NULL", NEVER)) {
                if (!row.equals(rest.get(row.key()))) {
                    differences.add("table " + row);
                } else {
                    rest.remove(row.key());
                }
            }
        }
        rest.values().forEach(row -> differences.add("copy " + row));
        return differences;
    }
}
