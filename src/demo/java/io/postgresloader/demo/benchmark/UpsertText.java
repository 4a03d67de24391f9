package io.postgresloader.demo.benchmark;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The upsert of a row of a model's table. */
final class UpsertText {
    private UpsertText() {}

    /** @param parameter how a column's value is named in the statement */
    static String of(Bench bench, Job job, String table, UnaryOperator<String> parameter) throws SQLException {
        try (Connection connection = bench.connect(job.model())) {
            DatabaseMetaData database = connection.getMetaData();
            List<String> columns;
            List<String> keys;
            try (ResultSet found = database.getColumns(null, "raw", table, null)) {
                columns = names(found);
            }
            try (ResultSet found = database.getPrimaryKeys(null, "raw", table)) {
                keys = names(found);
            }
            return "INSERT INTO raw.\"" + table + "\" (" + quoted(columns, "") + ") VALUES ("
                    + columns.stream().map(parameter).collect(Collectors.joining(", "))
                    + ") ON CONFLICT (" + quoted(keys, "") + ") DO UPDATE SET (" + quoted(columns, "") + ") = ROW("
                    + quoted(columns, "excluded.") + ")";
        }
    }

    private static List<String> names(ResultSet found) throws SQLException {
        List<String> names = new ArrayList<>();
        while (found.next()) {
            names.add(found.getString("COLUMN_NAME"));
        }
        return names;
    }

    private static String quoted(List<String> names, String prefix) {
        return names.stream().map(name -> prefix + "\"" + name + "\"").collect(Collectors.joining(", "));
    }
}
