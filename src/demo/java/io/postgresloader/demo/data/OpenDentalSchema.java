package io.postgresloader.demo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The real schema of 93 OpenDental tables, from the CSV files in {@code /opendental}. */
public final class OpenDentalSchema {
    private final Map<String, List<ColumnLine>> columns;
    private final Map<String, List<IndexLine>> indexes;
    private final Map<String, Long> estimatedRows;

    private OpenDentalSchema(
            Map<String, List<ColumnLine>> columns,
            Map<String, List<IndexLine>> indexes,
            Map<String, Long> estimatedRows) {
        this.columns = columns;
        this.indexes = indexes;
        this.estimatedRows = estimatedRows;
    }

    /**
     * One column as the server describes it.
     *
     * @param type the whole type, e.g. {@code varchar(255)}
     * @param defaultValue the default as SQL; empty: none
     * @param extra {@code auto_increment}, {@code on update current_timestamp()} or empty
     */
    record ColumnLine(String name, String type, boolean nullable, String defaultValue, String extra, boolean key) {
        boolean autoIncrement() {
            return extra.equals("auto_increment");
        }

        String definition() {
            return "`" + name + "` " + type + (nullable ? " NULL" : " NOT NULL")
                    + (defaultValue.isEmpty() ? "" : " DEFAULT " + defaultValue) + " " + extra;
        }
    }

    private record IndexLine(String name, boolean unique, List<String> columns) {
        String definition() {
            // A column may carry a prefix length: Note(20).
            String on = columns.stream()
                    .map(c -> c.replaceFirst("^(\\w+)", "`$1`"))
                    .collect(Collectors.joining(", ", "(", ")"));
            return name.equals("PRIMARY")
                    ? "PRIMARY KEY " + on
                    : (unique ? "UNIQUE " : "") + "KEY `" + name + "` " + on;
        }
    }

    public static OpenDentalSchema load() {
        return new OpenDentalSchema(
                read(
                        "columns.csv",
                        cell -> cell[0],
                        cell -> new ColumnLine(
                                cell[2], cell[3], cell[4].equals("YES"), cell[5], cell[6], cell[7].equals("PRI"))),
                read(
                        "indexes.csv",
                        cell -> cell[0],
                        cell -> new IndexLine(cell[1], cell[2].equals("1"), List.of(cell[3].split(" ")))),
                read("tables.csv", cell -> cell[0], cell -> Long.valueOf(cell[1])).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, e -> e.getValue().get(0))));
    }

    /** The names of all tables, in alphabetical order. */
    public List<String> tables() {
        return columns.keySet().stream().sorted().toList();
    }

    /** The approximate number of rows of the table in a real practice. */
    public long estimatedRows(String table) {
        return estimatedRows.get(table);
    }

    /**
     * The statement that creates the table with the columns and indexes that it has in a practice.
     *
     * @param engine the storage engine; OpenDental's is MyISAM
     */
    public String createTable(String table, String engine) {
        List<String> lines = new ArrayList<>();
        columns.get(table).forEach(column -> lines.add(column.definition()));
        indexes.getOrDefault(table, List.of()).forEach(index -> lines.add(index.definition()));
        return "CREATE TABLE `" + table + "` (\n  " + String.join(",\n  ", lines) + "\n) ENGINE=" + engine
                + " DEFAULT CHARSET=utf8mb3";
    }

    List<ColumnLine> columns(String table) {
        return columns.get(table);
    }

    /** No cell of these files holds a comma or a line break. */
    private static <T> Map<String, List<T>> read(
            String file, Function<String[], String> table, Function<String[], T> line) {
        Map<String, List<T>> lines = new LinkedHashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                OpenDentalSchema.class.getResourceAsStream("/opendental/" + file), StandardCharsets.UTF_8))) {
            reader.lines().skip(1).map(text -> text.split(",", -1)).forEach(cells -> lines.computeIfAbsent(
                            table.apply(cells), t -> new ArrayList<>())
                    .add(line.apply(cells)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
