package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.LoaderRecords;
import io.postgresloader.tracking.LoaderRecords.Loader;
import io.postgresloader.tracking.Monitoring;
import io.postgresloader.tracking.RunHistory;
import io.postgresloader.tracking.RunHistory.Day;
import io.postgresloader.tracking.StatusReport;
import io.postgresloader.tracking.TableClaims.Claim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusDocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T07:00:00Z");
    private static final Instant LOADED = Instant.parse("2026-03-01T06:58:00Z");
    private static final Instant COMPLETE = Instant.parse("2026-03-01T02:10:00Z");

    /** Each word is a table: its state, behind it ! if it is not complete, = if it is complete up to the same minute. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|running|No table is in the table list.",
                "ok|running|The table is loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "pending|running|The table was never loaded.",
                "ok ok ok|running|All 3 tables are loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "ok! ok!|running|All 2 tables are loaded up to 06:58 UTC.",
                "ok= ok= failed|running|1 of 3 tables needs attention. The other 2 are loaded and complete up to 06:58 UTC.",
                "ok ok!|running|All 2 tables are loaded up to 06:58 UTC, 1 of them complete up to 02:10 UTC.",
                "ok ok old|running|All 3 tables are loaded up to 2026-02-28 23:00 UTC and complete up to 02:10 UTC.",
                "ok ok failed|running|1 of 3 tables needs attention. The other 2 are loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "ok failed overdue untracked|running|3 of 4 tables need attention. The other one is loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "letters|running|The table needs attention.",
                "ok ok ok letters failed paused pending|running|2 of 7 tables need attention, 1 is paused, 1 was never loaded. The other 3 are loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "ok letters braked|running|2 of 3 tables need attention. The other one is loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "ok paused pending pending|running|1 of 4 tables is paused, 2 were never loaded. The other one is loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "pending pending|running|All 2 tables were never loaded.",
                "ok ok! failed|running|1 of 3 tables needs attention. The other 2 are loaded up to 06:58 UTC, 1 of them complete up to 02:10 UTC.",
                "ok former|running|The table is loaded up to 06:58 UTC and complete up to 02:10 UTC.",
                "ok ok|stopped|All 2 tables are loaded up to 06:58 UTC and complete up to 02:10 UTC. No loader runs.",
                "ok|not_seen|The table is loaded up to 06:58 UTC and complete up to 02:10 UTC. No loader runs."
            })
    void theSummarySaysWhatIsLoadedAndCountsEachTableOnceByWhatItNeeds(String tables, String loader, String summary) {
        assertThat(document(tables, loader).summary()).isEqualTo(summary);
    }

    @Test
    void whileTheTargetIsSilentTheLastDocumentSaysSo() {
        StatusDocument document = document("ok failed", "running")
                .remembered(Duration.ofSeconds(75), Optional.of(NOW.plusSeconds(2)), thisLoader());

        assertThat(document.summary())
                .isEqualTo("The target has not answered since 07:00 UTC. Before that: 1 of 2 tables needs attention."
                        + " The other one is loaded up to 06:58 UTC and complete up to 02:10 UTC.");
        assertThat(document.ageSeconds()).isEqualTo(75);
        assertThat(document.generatedAt()).isEqualTo(NOW);
        assertThat(document.targetSilentSince()).contains(NOW.plusSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ok|The table is loaded, and needs nothing.",
                "running|A load runs.",
                "interrupted|The last load was interrupted. The next load continues it.",
                "failed|The last load failed. Fix the cause that the reason names. The next load tries again; run once t0 to try now.",
                "braked|The last comparison stopped at the delete limit and deleted nothing. Run verify t0 --keys FILE to see which rows only the target has, and look whether the source deleted them on purpose. If so, run verify t0 --repair --force-deletes; if not, restore them in the source.",
                "uncompared|The last comparison failed. Fix the cause that the reason names, then run verify t0.",
                "different|The last comparison found rows that differ, and left them. Run verify t0 --repair to repair them.",
                "letters|3 dead letters are open. Fix the cause, then run replay t0.",
                "overdue|No load has succeeded for three periods of its schedule. See whether a loader runs and the source answers; doctor checks both.",
                "untracked|The table has no tracking row. Run init, or any load of it.",
                "paused|The operator paused the table at 2026-03-01T07:00:00Z. Run resume t0 to load it again.",
                "pending|The table was not loaded yet. Its next load is a full load.",
                "former|The table is not in the table list any more. It is not loaded, and its rows stay."
            })
    void eachTableSaysWhatToDo(String table, String sentence) {
        assertThat(document(table, "running").tables())
                .singleElement()
                .extracting(TableRow::whatToDo)
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // hours known, rows inserted by day; last day, usual day
                "96,  7 1 2 3,       7, 2",
                "95,  7 1 2 3,       7, -",
                "120, 0 1 2 3 10,    0, 2",
                "120, '5',           5, 0",
                "999, 1 9 9 9 9 9 9 9 9, 1, 9",
                "999, 1 9 9 9 9 9 9, 1, 0",
                "1,   7,             7, -"
            })
    void theUsualDayIsTheMedianOfTheDaysThatAreKnown(int hours, String inserted, long last, Long usual) {
        List<Day> days = new ArrayList<>();
        String[] counts = inserted.split(" ");
        for (int day = 0; day < counts.length; day++) {
            days.add(new Day(day, Long.parseLong(counts[day]), 0, 0));
        }
        RunHistory.Days known = new RunHistory.Days(Duration.ofHours(hours), days);

        assertThat(UsualDay.last(known).insertedRows()).isEqualTo(last);
        assertThat(UsualDay.of(known).map(TableRow.DayRows::insertedRows)).isEqualTo(Optional.ofNullable(usual));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, '', WORST, false, 1, 9, t2 t3 t1 t0, 4",
                "-, -, '', TABLE, false, 1, 9, t0 t1 t2 t3, 4",
                "-, -, '', TABLE, true, 1, 2, t3 t2, 4",
                "-, -, '', TABLE, true, 2, 3, t0, 4",
                "-, -, '', TABLE, true, 3, 3, '', 4",
                "success, -, '', TABLE, false, 1, 9, t0 t3, 2",
                "-, any, '', TABLE, false, 1, 9, t2 t3, 2",
                "-, dead letters, '', TABLE, false, 1, 9, t3, 1",
                "-, -, T3, TABLE, false, 1, 9, t3, 1",
                "-, -, x, TABLE, false, 1, 9, '', 0",
                "-, -, '', LOADED_UP_TO, true, 1, 9, t3 t0 t2 t1, 4",
                "-, -, '', DEAD_LETTERS, true, 1, 1, t3, 4"
            })
    void tablesAreSelectedSortedAndPaged(
            String state,
            String concern,
            String search,
            StatusSelection.Sort sort,
            boolean descending,
            int page,
            int size,
            String expected,
            int matching) {
        StatusDocument shown = new StatusSelection(
                        Optional.ofNullable(state), Optional.ofNullable(concern), search, sort, descending, page, size)
                .of(document("ok pending failed letters", "running"));

        assertThat(String.join(" ", shown.tables().stream().map(TableRow::table).toList()))
                .isEqualTo(expected);
        assertThat(shown.paging()).isEqualTo(new StatusDocument.Paging(page, size, matching, 4));
        assertThat(shown.attention()).isEqualTo(2);
    }

    @Test
    void theEtagStaysWhileOnlyTimePasses() {
        StatusDocument document = document("ok letters", "running");
        String etag = DocumentJson.etag(document.remembered(Duration.ZERO, Optional.empty(), thisLoader()));

        assertThat(DocumentJson.etag(document.remembered(Duration.ofSeconds(9), Optional.empty(), thisLoader())))
                .isEqualTo(etag);
        assertThat(DocumentJson.etag(later("ok letters").remembered(Duration.ZERO, Optional.empty(), thisLoader())))
                .isEqualTo(etag);
        assertThat(DocumentJson.etag(document.remembered(Duration.ZERO, Optional.of(NOW), thisLoader())))
                .isNotEqualTo(etag);
        assertThat(DocumentJson.etag(
                        document("ok failed", "running").remembered(Duration.ZERO, Optional.empty(), thisLoader())))
                .isNotEqualTo(etag);
        assertThat(DocumentJson.etag(document("ok letters", "running", NOW, 11)
                        .remembered(Duration.ZERO, Optional.empty(), thisLoader())))
                .isNotEqualTo(etag);
    }

    /** {@code -Dgolden.update=true} writes the files again; a change of a field needs a line in the changelog. */
    @ParameterizedTest
    @ValueSource(strings = {"status", "status-table"})
    void theJsonIsAStableInterface(String name) throws IOException {
        StatusDocument all = document("ok failed letters", "running")
                .remembered(Duration.ofSeconds(1), Optional.empty(), thisLoader());
        String json =
                DocumentJson.pretty(name.equals("status") ? all : table(all)).replace("\r", "");
        Path file = Path.of("src", "test", "resources", "golden", name + ".json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
        assertThat(new String(DocumentJson.bytes(all), StandardCharsets.UTF_8))
                .contains("\"table\":\"t1\"")
                .doesNotContain("\n");
    }

    private static TableDocument table(StatusDocument all) {
        TableDocument.Run run = new TableDocument.Run(
                "8f1c",
                Optional.of("c7"),
                Optional.of("incremental"),
                LOADED,
                LOADED.plusSeconds(2),
                2.5,
                true,
                12,
                Optional.of(7L),
                Optional.of(3L),
                Optional.of(2L),
                Optional.empty(),
                Optional.of(0L),
                Optional.of("2 cursor columns"),
                Optional.empty());
        return new TableDocument(
                StatusDocument.VERSION,
                NOW,
                0,
                Optional.empty(),
                all.tables().get(1),
                Optional.of(thisLoader().running().get(0)),
                Optional.of(LOADED),
                Map.of("DateTStamp", LocalDateTime.parse("2026-02-28T22:58:00")),
                List.of(run),
                List.of(new TableDocument.DeadLetterGroup(
                        "row",
                        Optional.of("22003"),
                        Optional.of("Amount"),
                        "numeric value out of range",
                        3,
                        LOADED,
                        NOW,
                        List.of(Map.of("Id", "17")))),
                List.of(new TableDocument.Proof("reconcile", COMPLETE, 4.5, "different", 100, 1, 2, 3)),
                List.of(new TableDocument.SchemaChange(
                        2, COMPLETE, List.of("column Note added"), List.of("ALTER TABLE"))));
    }

    private static ThisLoader thisLoader() {
        return new ThisLoader(
                "1.2.0",
                LOADED,
                2,
                List.of(new ThisLoader.Work(
                        "t0",
                        "load",
                        "loading",
                        LOADED,
                        500,
                        700,
                        Optional.of(1000L),
                        Optional.of(250.5),
                        Optional.of(NOW))),
                List.of("t1"),
                Optional.of(
                        new ThisLoader.ReloadRow(LOADED, "config/tables.yml", Optional.empty(), "applied", "1 table")),
                List.of());
    }

    private static StatusDocument document(String tables, String loader) {
        return document(tables, loader, NOW, 10);
    }

    /** As it is a few seconds later, when nothing has happened. */
    private static StatusDocument later(String tables) {
        return document(tables, "running", NOW.plusSeconds(5), 10);
    }

    private static StatusDocument document(String tables, String loader, Instant now, int runs) {
        List<StatusReport.Line> lines = new ArrayList<>();
        Map<String, Claim> claims = new HashMap<>();
        Map<String, TableOptions> options = new LinkedHashMap<>();
        String[] kinds = tables.isEmpty() ? new String[0] : tables.split(" ");
        for (int i = 0; i < kinds.length; i++) {
            String table = "t" + i;
            if (!kinds[i].equals("former")) {
                options.put(
                        table, TableOptions.defaults(table).every(Duration.ofHours(kinds[i].equals("old") ? 99 : 1)));
            }
            if (!kinds[i].equals("untracked")) {
                lines.add(line(table, kinds[i], now));
                claims.put(table, claim(kinds[i]));
            }
        }
        Catalog catalog = new Catalog(Path.of("tables.yml"), options, Map.of(), List.of());
        StatusReader.Now read = new StatusReader.Now(lines, claims, Map.of("row", 3L), List.of(loader(loader, now)));
        Map<String, OptionalDouble> figures = new LinkedHashMap<>();
        Monitoring.FIGURES.forEach(name -> figures.put(name, OptionalDouble.empty()));
        figures.put("tracking_coverage_percent", OptionalDouble.of(99.5));
        RunHistory.Days days = new RunHistory.Days(
                Duration.ofDays(9), Arrays.asList(new Day(0, 7, 3, 1), new Day(1, 5, 0, 0), new Day(2, 4, 0, 0)));
        return new StatusDocuments("opendental")
                .of(
                        read,
                        read.health(Optional.of(catalog), Map.of()),
                        Optional.of(new StatusReader.Trends(
                                Map.of("t0", days),
                                Map.of("t0", List.of(new TableRow.RunFigure(LOADED, runs, 2.5, true))),
                                figures)),
                        Optional.of(true),
                        Optional.empty());
    }

    private static Claim claim(String kind) {
        Optional<Instant> loaded = Optional.of(loadedUpTo(kind)).filter(time -> !kind.equals("pending"));
        return new Claim(
                loaded,
                kind.endsWith("!")
                        ? Optional.empty()
                        : loaded.map(time -> kind.endsWith("=") ? time.plusSeconds(7) : COMPLETE),
                Optional.empty(),
                loaded,
                Optional.empty(),
                Optional.of(100L));
    }

    private static Instant loadedUpTo(String kind) {
        return switch (kind) {
            case "old", "overdue" -> Instant.parse("2026-02-28T23:00:00Z");
            case "failed" -> COMPLETE;
            default -> LOADED;
        };
    }

    private static StatusReport.Line line(String table, String kind, Instant now) {
        String state =
                switch (kind) {
                    case "failed", "paused", "pending", "running", "interrupted" -> kind;
                    default -> "success";
                };
        String compared =
                switch (kind) {
                    case "braked", "different" -> kind;
                    case "uncompared" -> "failed";
                    default -> null;
                };
        return new StatusReport.Line(
                table,
                state,
                Optional.of(NOW).filter(at -> kind.equals("paused")),
                Optional.of(loadedUpTo(kind)).filter(at -> !kind.equals("pending")),
                Optional.empty(),
                12,
                Optional.of("incremental"),
                kind.equals("letters") ? 3 : 0,
                Optional.empty(),
                Optional.ofNullable(compared),
                "2 cursor columns",
                now);
    }

    private static Loader loader(String state, Instant now) {
        return new Loader(
                new LoaderRecords.Process("id", "db1", 41, "1.2.0"),
                COMPLETE,
                now,
                Optional.of(NOW).filter(at -> state.equals("stopped")),
                LoaderRecords.State.valueOf(state.toUpperCase(Locale.ROOT)));
    }
}
