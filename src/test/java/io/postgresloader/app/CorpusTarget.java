package io.postgresloader.app;

import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.CorpusCase.Expected;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Quoted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** What the target knows of one case: its rows, its counters, its dead letters. */
final class CorpusTarget {
    /** More than any case has special rows, and few enough to be read. */
    private static final int SHOWN = 6;

    private final CorpusCase c;
    private final CorpusLayout layout;
    private final Connection target;
    private final String schema;
    private final String table;
    private final String number;
    private final String value;
    private final String named;

    CorpusTarget(CorpusCase c, CorpusFixture fixture) {
        this.c = c;
        this.layout = fixture.layout();
        this.target = fixture.target();
        this.schema = Quoted.postgres(fixture.schema());
        this.table = Quoted.postgres(fixture.schema(), c.table());
        this.number = Quoted.postgres(c.keyColumn());
        this.value = Quoted.postgres(c.valueColumn());
        this.named = "table_name = " + Quoted.postgresText(c.table());
    }

    String status(String column) {
        return only("SELECT " + column + " FROM " + schema + ".etl_load_status WHERE " + named);
    }

    /** Counters of the last load, as its status and its metrics have them. */
    List<String> counters() {
        String counts = ", rows_inserted, rows_updated, rows_unchanged, rows_dead_lettered, zero_dates, nul_stripped,"
                + " text_replaced, excluded_columns";
        return List.of(
                status("rows_loaded" + counts),
                only("SELECT rows_processed" + counts + " FROM " + schema + ".etl_table_metrics WHERE " + named
                        + " ORDER BY id DESC LIMIT 1"));
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

    /** The open dead letters: number of the row, column, SQLSTATE, what is odd about it, value in the key. */
    List<String> entries(int attempts) {
        String keyNumber = "key->>" + Quoted.postgresText(c.keyColumn());
        String keyValue = c.expected().keyText().isPresent() ? "key->>" + Quoted.postgresText(c.valueColumn()) : "''";
        return Database.rows(
                target,
                "SELECT coalesce(" + keyNumber + ", '-'), column_name, CASE WHEN sqlstate IN (" + states()
                        + ") THEN 'declared' ELSE sqlstate END, CASE WHEN attempts = " + attempts
                        + " AND state = 'open' AND reason = 'row data' THEN ''"
                        + " ELSE reason || ' ' || state || ' after ' || attempts END, " + keyValue + " FROM " + schema
                        + ".etl_dead_letter WHERE " + named + " ORDER BY (" + keyNumber + ")::int LIMIT " + SHOWN);
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
                : c.expected().sqlStates().stream().map(Quoted::postgresText).collect(Collectors.joining(", "));
    }

    /** The numbers of the rows that are not there. */
    String missing() {
        return String.join(
                ", ",
                Database.rows(
                        target,
                        "SELECT n FROM generate_series(" + layout.first(c) + ", " + layout.last(c)
                                + ") n WHERE n NOT IN (SELECT " + number + " FROM " + table + ") ORDER BY n LIMIT "
                                + SHOWN));
    }

    /** What the special values look like. */
    List<String> texts() {
        return Database.rows(target, "SELECT " + value + "::text FROM " + table + special());
    }

    /** How many rows the table has; none where there is no table, or it is the loader's own. */
    String rowsIfAny() {
        boolean exists = only("SELECT count(*) FROM pg_tables WHERE schemaname = 'raw' AND tablename::text = "
                        + Quoted.postgresText(c.table()))
                .equals("1");
        return exists && !c.table().startsWith("etl_") ? only("SELECT count(*) FROM " + table) : "0";
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

    private String only(String sql) {
        List<String> rows = Database.rows(target, sql);
        return rows.size() == 1 ? rows.get(0) : rows.size() + " rows instead of one: " + sql;
    }

    private int update(String sql) {
        try (Statement statement = target.createStatement()) {
            statement.setEscapeProcessing(false);
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError("cannot execute", e);
        }
    }
}
