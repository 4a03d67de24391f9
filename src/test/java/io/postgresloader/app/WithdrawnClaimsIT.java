package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest.Kind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.verify.RecordedVerify;
import io.postgresloader.verify.Verifier;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The view etl_freshness takes a claim back as soon as the loader sees that it does not hold any more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithdrawnClaimsIT {
    private static final String NOTHING = "f|f";
    private static final String LOADED = "t|f";
    private static final String ALL = "t|t";

    /** What the clock of the source having been an hour ahead leaves behind. */
    private static final String AN_HOUR_AHEAD =
            "UPDATE raw.etl_load_status SET last_loaded = last_loaded + interval '1 h',"
                    + " complete_up_to = complete_up_to + interval '1 h', watermarks = jsonb_set(watermarks, '{horizon}',"
                    + " to_jsonb(to_char((watermarks ->> 'horizon')::timestamp + interval '1 h', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')))"
                    + " WHERE table_name = '%s'";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeAll
    void createTables() {
        List<String> tables = Stream.of(
                        "emptied_due",
                        "emptied_full",
                        "short",
                        "thinned",
                        "rewritten",
                        "late",
                        "full",
                        "back",
                        "far",
                        "still",
                        "server")
                .toList();
        tables.forEach(table -> fixture.source()
                .execute(
                        "CREATE TABLE " + table + " (Id " + (table.equals("late") ? "int" : "varchar(10)")
                                + " NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO " + table + " SELECT seq + 10, 'a', '2026-01-01' FROM seq_1_to_30"));
        fixture.set("LOADER_RETRIES", "1")
                .tables(tables.stream()
                        .map(table -> table + ": {incremental_columns: [Edited], " + option(table) + "}\n")
                        .collect(Collectors.joining()));
    }

    /** With deletes: ignore, equal numbers of rows do not prove that no row was lost. */
    private static String option(String table) {
        return switch (table) {
            case "back" -> "lookback: 2h";
            case "late" -> "deletes: ignore";
            default -> "load: incremental";
        };
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    /** The load that fills the table fails, as one that is killed would end; its rows are there in part. */
    @ParameterizedTest
    @CsvSource({"emptied_due, DUE", "emptied_full, FULL"})
    void anEmptiedTableClaimsNothingUntilItIsLoadedAgain(String table, Kind kind) {
        load(table);
        assertThat(claims(table)).isEqualTo(ALL);
        fixture.target()
                .execute(
                        "TRUNCATE raw." + table,
                        "CREATE FUNCTION raw.stop() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'full' USING errcode = '53100'; END $$",
                        "CREATE TRIGGER stop BEFORE INSERT ON raw." + table
                                + " FOR EACH STATEMENT EXECUTE FUNCTION raw.stop()");

        assertThat(fixture.load(table, kind).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(claims(table)).isEqualTo(NOTHING);

        fixture.target().execute("DROP FUNCTION raw.stop() CASCADE");
        load(table);
        assertThat(fixture.status(table, "load_type")).isEqualTo("full");
        assertThat(claims(table)).isEqualTo(ALL);
    }

    /** A row is committed late, below the greatest key: the load cannot tell it from one that it has lost. */
    @Test
    void aFullLoadThatEndsWithTooFewRowsProvesNothing() throws Exception {
        load("short");
        fixture.target()
                .execute(
                        "TRUNCATE raw.short",
                        "CREATE FUNCTION raw.hold() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock(732); RETURN NULL; END $$",
                        "CREATE TRIGGER hold AFTER INSERT ON raw.short FOR EACH STATEMENT EXECUTE FUNCTION raw.hold()");
        CompletableFuture<LoadResult> load;
        try (Connection lock = fixture.target().begin("SELECT pg_advisory_xact_lock(732)")) {
            load = CompletableFuture.supplyAsync(() -> fixture.load("short"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> fixture.target()
                                    .count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 732"
                                            + " AND NOT granted")
                            == 1);
            assertThat(claims("short")).isEqualTo(NOTHING);
            fixture.source().execute("INSERT INTO short VALUES (1, 'late', '2026-01-01')");
            lock.rollback();
        }

        assertThat(load.get().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.status("short", "notes")).contains("1 fewer");
        assertThat(claims("short")).isEqualTo(LOADED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thinned   | DELETE FROM raw.thinned WHERE \"Id\" = '17'; SELECT pg_stat_force_next_flush()",
                "rewritten | TRUNCATE raw.rewritten; INSERT INTO raw.rewritten VALUES ('11', 'a', now())"
            })
    void aTableThatLostRowsClaimsNothingUntilAComparisonHasPutThemBack(String table, String lost) {
        load(table);
        fixture.target().execute(lost);

        load(table);
        assertThat(claims(table)).isEqualTo(NOTHING);
        load(table);
        assertThat(claims(table)).as("after one more load").isEqualTo(NOTHING);

        fixture.repair(table);
        assertThat(fixture.status(table, "verify_result")).isEqualTo("repaired");
        assertThat(claims(table)).isEqualTo(ALL);
    }

    @Test
    void aFullLoadPutsLostRowsBackAsWell() {
        loseRows("full");

        assertThat(fixture.load("full", Kind.FULL).outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(claims("full")).isEqualTo(LOADED);
    }

    /** It has passed the place of a row before it is lost. */
    @Test
    void aComparisonThatBeganBeforeTheLossSaysNothingOfIt() {
        load("late");
        Verifier verifier = new Verifier(fixture.services(), () -> {
            if (claims("late").equals(ALL)) {
                loseRows("late");
            }
            return false;
        });

        new RecordedVerify(verifier, fixture.services()).verify("late");

        assertThat(fixture.status("late", "verify_result")).isEqualTo("equal");
        assertThat(claims("late")).isEqualTo(NOTHING);
    }

    private void loseRows(String table) {
        load(table);
        fixture.target()
                .execute("DELETE FROM raw." + table + " WHERE \"Id\"::int = 17", "SELECT pg_stat_force_next_flush()");
        load(table);
        assertThat(claims(table)).isEqualTo(NOTHING);
    }

    /** Only a step of more than the lookback stops a table that has changed. */
    @ParameterizedTest
    @CsvSource({"back, INCREMENTAL", "still, UNCHANGED"})
    void whatWasClaimedByALaterClockIsVoid(String table, LoadType type) {
        load(table);
        fixture.repair(table);
        assertThat(claims(table)).isEqualTo(ALL);
        if (type == LoadType.UNCHANGED) {
            awaitUnchanged(table);
        } else {
            fixture.source().execute("UPDATE " + table + " SET Edited = NOW() WHERE Id = 17");
        }
        fixture.target().execute(AN_HOUR_AHEAD.formatted(table));
        if (type == LoadType.UNCHANGED) {
            fixture.target()
                    .execute("UPDATE raw.etl_load_status SET watermarks = jsonb_set(watermarks, '{horizon}',"
                            + " '\"2026-01-01T00:00:00\"') WHERE table_name = '" + table + "'");
        }

        assertThat(fixture.load(table).type()).contains(type);

        assertThat(claims(table)).isEqualTo(LOADED);
        assertThat(laterThanTheSource(table)).isEqualTo("f");
        fixture.repair(table);
        assertThat(claims(table)).isEqualTo(ALL);
    }

    @Test
    void aTableThatTheClockStopsClaimsNothing() {
        load("far");
        fixture.target().execute(AN_HOUR_AHEAD.formatted("far"));
        fixture.source().execute("UPDATE far SET Edited = NOW() WHERE Id = 17");

        assertThat(fixture.load("far").failure().orElseThrow().message()).contains("before the watermark");
        assertThat(claims("far")).isEqualTo(NOTHING);

        assertThat(fixture.load("far", Kind.FULL).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(claims("far")).isEqualTo(LOADED);
        assertThat(laterThanTheSource("far")).isEqualTo("f");
    }

    /** It may be a replica that is behind, or have been restored. */
    @Test
    void aComparisonWithAnotherServerProvesNothing() throws Exception {
        load("server");
        String complete = complete("server");
        fixture.target()
                .execute("UPDATE raw.etl_load_status SET source_origin = jsonb_set(source_origin, '{server}',"
                        + " '\"other\"') WHERE table_name = 'server'");
        fixture.awaitNextLook();

        new RecordedVerify(new Verifier(fixture.services()), fixture.services()).verify("server");

        assertThat(fixture.status("server", "verify_result")).isEqualTo("equal");
        assertThat(complete("server")).isEqualTo(complete);
    }

    private void awaitUnchanged(String table) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> fixture.load(table)
                        .type()
                        .filter(type -> type == LoadType.UNCHANGED)
                        .isPresent());
    }

    private void load(String table) {
        assertThat(fixture.load(table).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private String claims(String table) {
        return fresh(table, "loaded_up_to IS NOT NULL, complete_up_to IS NOT NULL");
    }

    private String complete(String table) {
        return fresh(table, "complete_up_to");
    }

    /** Both servers run on this machine. */
    private String laterThanTheSource(String table) {
        return fresh(table, "loaded_up_to > clock_timestamp()");
    }

    private String fresh(String table, String columns) {
        return fixture.target()
                .value("SELECT " + columns + " FROM raw.etl_freshness WHERE table_name = '" + table + "'");
    }
}
