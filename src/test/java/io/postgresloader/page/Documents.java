package io.postgresloader.page;

import io.postgresloader.monitor.StatusDocument;
import io.postgresloader.monitor.StatusDocument.LoaderRow;
import io.postgresloader.monitor.StatusDocument.Paging;
import io.postgresloader.monitor.TableDocument;
import io.postgresloader.monitor.TableRow;
import io.postgresloader.monitor.TableRow.DayRows;
import io.postgresloader.monitor.TableRow.RunFigure;
import io.postgresloader.monitor.ThisLoader;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Documents as a loader would give them, for pages that no database stands behind. */
final class Documents {
    static final Instant NOW = Instant.parse("2026-03-02T07:12:03Z");

    private Documents() {}

    /** A table in which all is as it should be, but for what the test says. */
    static TableRow table(String name, String state, String concern) {
        return table(name, state, concern, Optional.of("equal"), 0);
    }

    static TableRow table(String name, String state, String concern, Optional<String> result, long deadLetters) {
        return new TableRow(
                name,
                "opendental",
                state,
                concern,
                "What to do about " + name + ".",
                "2 cursor columns",
                concern.equals("paused") ? Optional.of(NOW.minus(3, ChronoUnit.HOURS)) : Optional.empty(),
                state.equals("pending") ? Optional.empty() : Optional.of(NOW.minusSeconds(200)),
                state.equals("pending") ? Optional.empty() : Optional.of(NOW.minus(5, ChronoUnit.HOURS)),
                Optional.empty(),
                Optional.of(NOW.minusSeconds(180)),
                Optional.of(200L),
                Optional.of(0L),
                Optional.of(400L),
                Optional.of(0L),
                1203,
                Optional.of(3_696_927L),
                Optional.of("incremental"),
                deadLetters,
                Optional.of(NOW.minus(5, ChronoUnit.HOURS)),
                result,
                Optional.of(NOW.minus(5, ChronoUnit.HOURS)),
                Optional.of(new DayRows(12_034, 451, 12)),
                Optional.of(new DayRows(11_870, 2600, 0)),
                figures(name.hashCode()));
    }

    private static List<RunFigure> figures(int seed) {
        return IntStream.range(0, 20)
                .mapToObj(i -> new RunFigure(
                        NOW.minusSeconds(300L * (20 - i)), Math.abs(seed / (i + 1) % 1000), 0.3, (seed + i) % 17 != 0))
                .toList();
    }

    static StatusDocument of(List<TableRow> tables) {
        return of(tables, Optional.empty());
    }

    static StatusDocument of(List<TableRow> tables, Optional<Instant> silentSince) {
        int attention = (int) tables.stream().filter(Mark::needsOperator).count();
        return new StatusDocument(
                StatusDocument.VERSION,
                NOW,
                0,
                silentSince,
                "All " + tables.size() + " tables are loaded up to 06:58 and complete up to 02:10; " + attention
                        + " need you.",
                Optional.of(NOW),
                Optional.of(NOW),
                attention,
                Map.of(),
                Map.of(),
                List.of(),
                new Paging(1, 1000, tables.size(), tables.size()),
                tables,
                List.of(),
                Optional.of(loader()),
                List.of(new LoaderRow(
                        "running", "etl-1", 4711, "0.1.0", NOW.minus(9, ChronoUnit.DAYS), NOW, Optional.empty())),
                Map.of(),
                Map.of());
    }

    static ThisLoader loader() {
        return new ThisLoader(
                "0.1.0",
                NOW.minus(9, ChronoUnit.DAYS),
                2,
                List.of(
                        work("securitylog", Optional.of(3_696_927L)),
                        new ThisLoader.Work(
                                "claim",
                                "reconcile",
                                "comparing",
                                NOW.minusSeconds(9),
                                400,
                                400,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                List.of("patient", "payment"),
                Optional.of(new ThisLoader.ReloadRow(
                        NOW.minusSeconds(4000), "tables.yml", Optional.empty(), "applied", "2 tables added")),
                List.of(new ThisLoader.ReloadRow(
                        NOW.minusSeconds(3000),
                        "load-chunk.camel.yaml",
                        Optional.of(12),
                        "rejected",
                        "unknown property 'stepz'")));
    }

    private static ThisLoader.Work work(String table, Optional<Long> expected) {
        return new ThisLoader.Work(
                table,
                "load",
                "loading",
                NOW.minusSeconds(14),
                1_400_000,
                1_400_000,
                expected,
                Optional.of(101_000.0),
                Optional.of(NOW.plusSeconds(23)));
    }

    static TableDocument document(TableRow table) {
        return new TableDocument(
                StatusDocument.VERSION,
                NOW,
                0,
                Optional.empty(),
                table,
                Optional.of(work(table.table(), Optional.of(3_000_000L))),
                Optional.of(NOW.minusSeconds(200)),
                Map.of("SecDateTEdit", LocalDateTime.parse("2026-03-02T06:58:11")),
                runs(),
                List.of(new TableDocument.DeadLetterGroup(
                        "data",
                        Optional.of("22021"),
                        Optional.of("Note"),
                        "the text has a NUL character, which PostgreSQL cannot store",
                        2,
                        NOW.minus(2, ChronoUnit.DAYS),
                        NOW.minus(2, ChronoUnit.HOURS),
                        List.of(Map.of("CommlogNum", "8")))),
                List.of(new TableDocument.Proof(
                        "reconcile", NOW.minus(5, ChronoUnit.HOURS), 11.2, "equal", 3_696_925, 0, 2, 0)),
                List.of(new TableDocument.SchemaChange(
                        2,
                        NOW.minus(20, ChronoUnit.DAYS),
                        List.of("column Referral added"),
                        List.of("ALTER TABLE \"raw\".\"adjustment\" ADD COLUMN \"Referral\" text"))));
    }

    private static List<TableDocument.Run> runs() {
        List<TableDocument.Run> runs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            boolean success = i != 7;
            runs.add(new TableDocument.Run(
                    "load-" + i,
                    Optional.empty(),
                    Optional.of(i % 20 == 5 ? "reconcile" : "incremental"),
                    NOW.minusSeconds(300L * i + 3),
                    NOW.minusSeconds(300L * i),
                    0.2 + i % 7 * 0.11,
                    success,
                    (i * 7919L) % 1300,
                    Optional.of((i * 7919L) % 900),
                    Optional.of(12L),
                    Optional.of(3L),
                    Optional.of(0L),
                    Optional.of(0L),
                    Optional.of("2 cursor columns"),
                    success ? Optional.empty() : Optional.of("08006: the connection to the source was lost")));
        }
        return runs;
    }

    /** As many tables as a practice has, three of which need the operator. */
    static List<TableRow> many(int number) {
        List<TableRow> tables = new ArrayList<>(List.of(
                table("adjustment", "failed", "failed"),
                table("claimproc", "success", "differs", Optional.of("braked"), 0),
                table("commlog", "success", "dead letters", Optional.of("equal"), 2),
                table("payment", "running", "none")));
        IntStream.range(tables.size(), number)
                .mapToObj(i -> table("table_of_practice_" + i, "success", "none"))
                .forEach(tables::add);
        return tables;
    }
}
