package io.postgresloader.app;

import io.postgresloader.sql.Identifiers;
import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.CorpusCase.Expected;
import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the target knows of one case: its rows, its counters, its dead letters. */
final class CorpusTarget {
    /** More than any case has special rows, and few enough to be read. */
    private static final int SHOWN = 6;

    private final CorpusCase c;
    private final CorpusLayout layout;
    private final Database target;
    private final String table;
    private final String number;
    private final String value;
    private final String named;

    CorpusTarget(CorpusCase c, CorpusLayout layout, Database target) {
        this.c = c;
        this.layout = layout;
        this.target = target;
        this.table = "raw.\"" + c.table().replace("\"", "\"\"") + "\"";
        this.number = Identifiers.postgres(c.keyColumn());
        this.value = "\"" + c.valueColumn().replace("\"", "\"\"") + "\"";
        this.named = "table_name = '" + c.table().replace("'", "''") + "'";
    }

    String status(String column) {
        return target.value("SELECT " + column + " FROM raw.etl_load_status WHERE " + named);
    }

    /** Counters of the last load, as its status and its metrics have them. */
    List<String> counters() {
        String counts = ", rows_inserted, rows_updated, rows_unchanged, rows_dead_lettered, zero_dates, nul_stripped,"
                + " text_replaced, excluded_columns";
        List<String> both = new ArrayList<>();
        both.add(status("rows_loaded" + counts));
        both.add(target.value("SELECT rows_processed" + counts + " FROM raw.etl_table_metrics WHERE " + named
                + " ORDER BY id DESC LIMIT 1"));
        return both;
    }

    /** The same as declared. */
    static String counters(CorpusCase c, CorpusLayout layout, int inserted, int updated, int unchanged, int dead) {
        String mapped = List.of("zero_dates", "nul_stripped", "text_replaced").stream()
                .map(counter -> c.expected().counts().getOrDefault(counter, 0)
                        * layout.special().size())
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
        return layout.rows(c) + "|" + inserted + "|" + updated + "|" + unchanged + "|" + dead + "|" + mapped + "|"
                + c.excludedColumns().size();
    }

    /** The open dead letters: number of the row, column, SQLSTATE, value in the key. */
    List<String> entries(int attempts) {
        return target.rows("SELECT coalesce(key->>'" + c.keyColumn().replace("'", "''") + "', '-'), column_name,"
                + " CASE WHEN sqlstate IN (" + states() + ") THEN 'declared' ELSE sqlstate END,"
                + " CASE WHEN attempts = " + attempts + " AND state = 'open' AND reason = 'row data' THEN ''"
                + " ELSE reason || ' ' || state || ' after ' || attempts END, coalesce(key->>'"
                + c.valueColumn().replace("'", "''") + "', '')"
                + " FROM raw.etl_dead_letter WHERE " + named + " ORDER BY (key->>'"
                + c.keyColumn().replace("'", "''") + "')::int LIMIT " + SHOWN);
    }

    List<String> declaredEntries() {
        Expected expected = c.expected();
        if (!c.deadLetter()) {
            return List.of();
        }
        return layout.special().stream()
                .map(n -> (layout == CorpusLayout.SORTED ? "-" : n) + "|"
                        + expected.names().orElse("∅") + "|declared||"
                        + expected.keyText().orElse(""))
                .toList();
    }

    private String states() {
        return c.expected().sqlStates().isEmpty()
                ? "''"
                : c.expected().sqlStates().stream().map(s -> "'" + s + "'").collect(Collectors.joining(", "));
    }

    /** The numbers of the rows that are not there. */
    String missing() {
        return String.join(
                ", ",
                target.rows("SELECT n FROM generate_series(1, " + layout.rows(c) + ") n WHERE n NOT IN (SELECT "
                        + number + " FROM " + table + ") ORDER BY n LIMIT " + SHOWN));
    }

    /** What the special values look like. */
    List<String> texts() {
        return target.rows("SELECT " + value + "::text FROM " + table + special());
    }

    long rowsIfAny() {
        boolean exists = target.count("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                        + " WHERE nspname = 'raw' AND relname = '" + c.table().replace("'", "''") + "'")
                > 0;
        return exists ? target.count("SELECT count(*) FROM " + table) : 0;
    }

    /** Gives a special row between others the value of an ordinary one; returns how many rows that changed. */
    int overwriteMiddle() {
        if (c.valueInKey() || c.excluded() || layout != CorpusLayout.BATCHES) {
            return 0;
        }
        String ordinary = "(SELECT " + value + " FROM " + table + " WHERE " + number + " = 2)";
        return update("UPDATE " + table + " SET " + value + " = " + ordinary + " WHERE " + number + " = "
                + layout.special().get(1) + " AND " + value + "::text IS DISTINCT FROM " + ordinary + "::text");
    }

    /** Deletes the special rows, but one that may have been overwritten; returns how many there were. */
    int deleteSpecial() {
        boolean keepMiddle = layout == CorpusLayout.BATCHES && !c.valueInKey() && !c.excluded();
        String kept = keepMiddle ? " AND " + number + " <> " + layout.special().get(1) : "";
        return update("DELETE FROM " + table + special() + kept);
    }

    private String special() {
        return " WHERE " + number + " IN (" + layout.numbers() + ")";
    }

    private int update(String sql) {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError("cannot execute", e);
        }
    }
}
