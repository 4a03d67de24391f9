package io.postgresloader.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Compares a table of both servers cell by cell, from what each server itself says of its values: bytes in hexadecimal,
 * numbers and times by their magnitude. It shares no code with the product and knows none of its rules but one, that a
 * zero date is NULL.
 */
public final class Canonical {
    private final Connection source;
    private final Connection target;
    private final String table;
    private final List<CanonicalCell> cells;
    private final List<String> key;

    private Canonical(Connection source, Connection target, String table, List<CanonicalCell> cells, List<String> key) {
        this.source = source;
        this.target = target;
        this.table = table;
        this.cells = cells;
        this.key = key;
    }

    /**
     * Compares all columns that the target has too.
     *
     * @return one line for each cell that differs, {@code key (7): column Note}, and for each row that only one side has,
     *     {@code key (7): missing} or {@code key (7): extra}; empty when the tables are equal
     */
    public static List<String> differences(Database source, Database target, String table) {
        try (Connection inSource = source.connect();
                Connection inTarget = target.connect()) {
            return differences(inSource, inTarget, "raw", table);
        } catch (SQLException e) {
            throw new AssertionError("cannot connect", e);
        }
    }

    /**
     * The differences of a table in another schema of the target, on connections that are kept.
     *
     * @param source its zone is UTC from now on
     */
    public static List<String> differences(Connection source, Connection target, String schema, String table) {
        inUtc(source);
        Map<String, String> targetTypes = new LinkedHashMap<>();
        String inSchema =
                "table_schema = " + Quoted.postgresText(schema) + " AND table_name = " + Quoted.postgresText(table);
        for (String[] row :
                read(target, "SELECT column_name, data_type FROM information_schema.columns WHERE " + inSchema, 2)) {
            targetTypes.put(row[0], row[1]);
        }
        // The first is quick, the second distinguishes Visit from visit.
        String named = "table_schema = DATABASE() AND table_name = " + Quoted.mariaDbText(table)
                + " AND BINARY table_name = " + Quoted.mariaDbText(table);
        List<CanonicalCell> cells = new ArrayList<>();
        for (String[] row : read(
                source,
                "SELECT column_name, data_type FROM information_schema.columns WHERE " + named
                        + " ORDER BY ordinal_position",
                2)) {
            if (targetTypes.containsKey(row[0])) {
                cells.add(new CanonicalCell(row[0], row[1].toLowerCase(Locale.ROOT), targetTypes.get(row[0])));
            }
        }
        String keys = "SELECT column_name FROM information_schema.statistics WHERE " + named
                + " AND index_name = 'PRIMARY' ORDER BY seq_in_index";
        List<String> key = read(source, keys, 1).stream().map(row -> row[0]).toList();
        return new Canonical(source, target, table, cells, key).differences(schema);
    }

    private List<String> differences(String schema) {
        Map<List<String>, String[]> inSource = rows(
                source,
                cells.stream().map(CanonicalCell::inSource).toList(),
                Quoted.mariaDb(table),
                CanonicalCell::sourceValue);
        Map<List<String>, String[]> inTarget = rows(
                target,
                cells.stream().map(CanonicalCell::inTarget).toList(),
                Quoted.postgres(schema, table),
                CanonicalCell::targetValue);
        List<String> differences = new ArrayList<>();
        inSource.forEach((rowKey, row) -> {
            String[] other = inTarget.remove(rowKey);
            if (other == null) {
                differences.add(named(rowKey) + "missing");
                return;
            }
            for (int i = 0; i < row.length; i++) {
                if (!row[i].equals(other[i])) {
                    differences.add(named(rowKey) + "column " + cells.get(i).name());
                }
            }
        });
        inTarget.keySet().forEach(rowKey -> differences.add(named(rowKey) + "extra"));
        return differences;
    }

    private static String named(List<String> rowKey) {
        return "key (" + String.join(", ", rowKey) + "): ";
    }

    private Map<List<String>, String[]> rows(
            Connection database,
            List<String> selected,
            String from,
            BiFunction<CanonicalCell, String, String> meaning) {
        Map<List<String>, String[]> rows = new TreeMap<>(Comparator.comparing(Object::toString));
        String sql = "SELECT " + String.join(", ", selected) + " FROM " + from;
        for (String[] row : read(database, sql, cells.size())) {
            List<String> rowKey = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                row[i] = meaning.apply(cells.get(i), row[i]);
                if (key.contains(cells.get(i).name())) {
                    rowKey.add(row[i]);
                }
            }
            if (rows.put(rowKey, row) != null) {
                throw new AssertionError("two rows of " + table + " have the key " + rowKey);
            }
        }
        return rows;
    }

    private static void inUtc(Connection source) {
        try (Statement statement = source.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
        } catch (SQLException e) {
            throw new AssertionError("cannot set the zone", e);
        }
    }

    private static List<String[]> read(Connection database, String sql, int columns) {
        try (Statement statement = database.createStatement()) {
            // A name may look like an escape of JDBC.
            statement.setEscapeProcessing(false);
            List<String[]> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    String[] row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = result.getString(i + 1);
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError("cannot read", e);
        }
    }
}
