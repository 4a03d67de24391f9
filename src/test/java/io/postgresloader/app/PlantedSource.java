package io.postgresloader.app;

import io.postgresloader.demo.data.DemoSource;
import io.postgresloader.demo.data.OpenDentalSchema;
import io.postgresloader.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A practice whose columns behave as was planted: what is right for each of its tables is known, for any names
 * say. The first row was entered eleven years ago, the last one two days ago.
 */
final class PlantedSource {
    private static final OpenDentalSchema SCHEMA = OpenDentalSchema.load();
    private static final Path REAL = Path.of("src/test/resources/analyze/planted.csv");

    /** Of rows n of all rows r, in seconds: row n was entered so long before now. */
    private static final String ENTERED = "(NOW() - INTERVAL (172800 + FLOOR((%2$d - n) * (346896000 / %2$d))) SECOND)";

    private PlantedSource() {}

    /**
     * A table and the truth about it.
     *
     * @param columns each as {@code name=behaviour}
     * @param key the columns to upsert by; none: it has no key
     * @param plan incremental, append or full
     * @param cursors the cursor columns, in this order
     */
    record Planted(
            String table, long rows, List<String> columns, List<String> key, String plan, List<String> cursors) {}

    /** The 93 real tables. */
    static List<Planted> real(Database source) {
        try {
            List<Planted> tables = new ArrayList<>();
            for (String line : Files.readAllLines(REAL).stream().skip(1).toList()) {
                String[] cells = line.split(";", -1);
                long rows = Long.parseLong(cells[1]);
                source.execute(SCHEMA.createTable(cells[0], "MyISAM"), DemoSource.insert(SCHEMA, cells[0], rows));
                String key = source.value("SELECT column_name FROM information_schema.columns WHERE table_schema ="
                        + " DATABASE() AND table_name = '" + cells[0] + "' AND column_key = 'PRI'");
                List<String> columns = words(cells[2]);
                plant(source, cells[0], key, rows, columns);
                tables.add(new Planted(cells[0], rows, columns, List.of(key), cells[3], words(cells[4])));
            }
            return tables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the real schema lacks. */
    static List<Planted> made(Database source) {
        return Stream.of(
                        made(
                                "claimsnapshot",
                                "ClaimSnapshotNum bigint PRIMARY KEY, ProcNum bigint, Fee double, DateTEntry datetime",
                                "DateTEntry=entry",
                                12_000,
                                "ClaimSnapshotNum",
                                "append",
                                ""),
                        made("nokeysmall", "a int, Note varchar(20)", "", 100, "", "full", ""),
                        made("uniquekey", "Id int NOT NULL UNIQUE, Note varchar(20)", "", 100, "Id", "full", ""),
                        made("nullableunique", "Id int NULL UNIQUE, Note varchar(20)", "", 100, "", "full", ""),
                        made(
                                "pairofnumbers",
                                "Id int, Part int DEFAULT 1, DateTStamp datetime, SecDateTEntry datetime, PRIMARY KEY (Id, Part)",
                                "DateTStamp=edit SecDateTEntry=entry",
                                12_000,
                                "Id Part",
                                "incremental",
                                "DateTStamp SecDateTEntry"),
                        made(
                                "textkeyentry",
                                "Id varchar(20) PRIMARY KEY, DateTimeEntry datetime",
                                "DateTimeEntry=entry",
                                12_000,
                                "Id",
                                "incremental",
                                "DateTimeEntry"),
                        made(
                                "textkey",
                                "Id varchar(20) PRIMARY KEY, DueDate date",
                                "DueDate=business",
                                12_000,
                                "Id",
                                "full",
                                ""),
                        made(
                                "entrynamededit",
                                "Id int PRIMARY KEY, DateTimeEntry timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE"
                                        + " current_timestamp()",
                                "DateTimeEntry=edit",
                                12_000,
                                "Id",
                                "incremental",
                                "DateTimeEntry"),
                        made(
                                "stampedonentry",
                                "Id int PRIMARY KEY, DateTStamp datetime, Note text",
                                "DateTStamp=entry",
                                12_000,
                                "Id",
                                "append",
                                ""),
                        made(
                                "edittimesoften",
                                "Id int PRIMARY KEY, DateTEdit datetime NULL",
                                "DateTEdit=edit-null",
                                12_000,
                                "Id",
                                "incremental",
                                "DateTEdit"),
                        made(
                                "editdue",
                                "Id int PRIMARY KEY, DateEditDue datetime",
                                "DateEditDue=business-future",
                                12_000,
                                "Id",
                                "append",
                                ""),
                        made(
                                "neutralname",
                                "Id int PRIMARY KEY, Seen datetime, KEY Seen (Seen)",
                                "Seen=entry",
                                12_000,
                                "Id",
                                "append",
                                ""),
                        made(
                                "manyedits",
                                "Id int PRIMARY KEY, DayEdited date, UpdatedB datetime, UpdatedA datetime, Stamp timestamp NOT"
                                        + " NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), KEY a (UpdatedA)",
                                "DayEdited=edit UpdatedB=edit UpdatedA=edit Stamp=edit",
                                12_000,
                                "Id",
                                "incremental",
                                "Stamp UpdatedA UpdatedB"),
                        made(
                                "never_filled",
                                "Id int PRIMARY KEY, DateTStamp datetime",
                                "",
                                0,
                                "Id",
                                "incremental",
                                "DateTStamp"),
                        made("template", "Id int PRIMARY KEY", "", 10, "Id", "full", ""),
                        made("contempt", "Id int PRIMARY KEY", "", 10, "Id", "full", ""),
                        made("holdback", "Id int PRIMARY KEY", "", 10, "Id", "full", ""),
                        made("bakery", "Id int PRIMARY KEY", "", 10, "Id", "full", ""),
                        made("goldenage", "Id int PRIMARY KEY", "", 10, "Id", "full", ""))
                .peek(table -> table.create(source))
                .map(Made::planted)
                .toList();
    }

    /** None of these is to be listed. */
    static List<String> leftOut(Database source) {
        List<String> names =
                List.of("tmp_claim", "claim_backup_20240101", "adjustment_bak", "adjustment_old", "test_table");
        names.forEach(name -> source.execute("CREATE TABLE " + name + " (Id int PRIMARY KEY)"));
        source.execute("CREATE VIEW patientview AS SELECT * FROM patient");
        return names;
    }

    private static Made made(
            String table, String columns, String planted, long rows, String key, String plan, String cursors) {
        return new Made(columns, new Planted(table, rows, words(planted), words(key), plan, words(cursors)));
    }

    private record Made(String columns, Planted planted) {
        void create(Database source) {
            String table = planted.table();
            source.execute("CREATE TABLE " + table + " (" + columns + ") ENGINE=MyISAM");
            String first = columns.substring(0, columns.indexOf(' '));
            if (planted.rows() > 0) {
                source.execute("INSERT INTO " + table + " (" + first + ") SELECT seq FROM seq_1_to_" + planted.rows());
            }
            plant(source, table, first, planted.rows(), planted.columns());
        }
    }

    private static void plant(Database source, String table, String key, long rows, List<String> columns) {
        if (!columns.isEmpty() && rows > 0) {
            String values = columns.stream()
                    .map(column -> column.split("="))
                    .map(column -> "`" + column[0] + "` = "
                            + behaviour(column[1], rows, timestamp(source, table, column[0]))
                                    .replace("n ", "`" + key + "` ")
                                    .replace("n)", "`" + key + "`)"))
                    .collect(Collectors.joining(", "));
            source.execute("UPDATE `" + table + "` SET " + values);
        }
    }

    private static boolean timestamp(Database source, String table, String column) {
        return source.value("SELECT data_type FROM information_schema.columns WHERE table_schema = DATABASE() AND"
                        + " table_name = '" + table + "' AND column_name = '" + column + "'")
                .equals("timestamp");
    }

    /** A value for row n. A TIMESTAMP cannot be before 1970 or after 2037. */
    private static String behaviour(String behaviour, long rows, boolean timestamp) {
        String[] kind = behaviour.split("-");
        String entered = ENTERED.formatted(0, rows);
        String value =
                switch (kind[0]) {
                    case "entry" -> "(" + entered + " + INTERVAL (n * 37 %% 60) SECOND)".replace("%%", "%");
                    case "edit" -> "IF(n % 20 = 3, LEAST(NOW() - INTERVAL 1 HOUR, " + entered
                            + " + INTERVAL (2 + n * 7919 % 700) DAY), " + entered + ")";
                    case "business" -> "(" + entered + " + INTERVAL (n * 7919 % 1201 - 1100) DAY)";
                    case "empty" -> timestamp ? "'1980-01-01 00:00:01'" : "'0001-01-01'";
                    default -> throw new IllegalArgumentException(behaviour);
                };
        String sentinel = timestamp ? "'1980-01-01 00:00:01'" : "'0001-01-01'";
        return switch (kind.length == 1 ? "" : kind[1]) {
            case "" -> value;
            case "sentinel" -> "IF(n % 10 < 3, " + sentinel + ", " + value + ")";
            case "null" -> "IF(n % 3 = 0, NULL, " + value + ")";
            case "dirty" -> "CASE n % 10 WHEN 1 THEN '1902-07-31' WHEN 2 THEN '1980-01-01' WHEN 3 THEN '9999-12-31' WHEN 4"
                    + " THEN '0000-00-00' ELSE " + value + " END";
            case "future" -> "IF(n % 20 = 5, NOW() + INTERVAL 90 DAY, " + value + ")";
            default -> throw new IllegalArgumentException(behaviour);
        };
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
