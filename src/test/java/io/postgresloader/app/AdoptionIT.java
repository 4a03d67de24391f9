package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table that another loader has filled is compared and repaired, not loaded again. */
class AdoptionIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void practice() {
        fixture.source()
                .execute(
                        "CREATE TABLE claim (ClaimNum bigint PRIMARY KEY, IsDone tinyint(1) NOT NULL, Note text,"
                                + " SecDateTEdit timestamp NOT NULL DEFAULT current_timestamp()"
                                + " ON UPDATE current_timestamp()) ENGINE=MyISAM",
                        "INSERT INTO claim SELECT seq, seq % 2, CONCAT('note ', seq), '2026-01-01' + INTERVAL seq MINUTE"
                                + " FROM seq_1_to_2000");
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.claim (\"ClaimNum\" bigint PRIMARY KEY, \"IsDone\" boolean, \"Note\" text,"
                                + " \"SecDateTEdit\" timestamp)",
                        "INSERT INTO raw.claim SELECT n, n % 2 = 1, 'note ' || n, timestamp '2026-01-01'"
                                + " + n * interval '1 minute' FROM generate_series(1, 2000) n",
                        "CREATE VIEW raw.done AS SELECT * FROM raw.claim WHERE \"IsDone\"");
        fixture.tables("claim:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag(Extent.CORE)
    void equalRowsAreNotWrittenAgain() {
        String before = fixture.target().value("SELECT max(xmin::text::bigint) FROM raw.claim");
        LoadResult first = fixture.load("claim");

        assertThat(first.type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.target().value("SELECT max(xmin::text::bigint) FROM raw.claim"))
                .isEqualTo(before);
        assertThat(fixture.target()
                        .rows("SELECT load_status, verify_result, backfill, proven_at IS NOT NULL"
                                + " FROM raw.etl_load_status"))
                .containsExactly("success|equal|∅|t");
        assertThat(fixture.target()
                        .rows("SELECT load_type, success, rows_equal FROM raw.etl_table_metrics ORDER BY id"))
                .containsExactly("adopt|t|∅", "adopt|t|2000", "incremental|t|∅");
    }

    @Test
    @Tag(Extent.CORE)
    void differentMissingAndExtraRowsAreRepaired() {
        fixture.target()
                .execute(
                        "UPDATE raw.claim SET \"Note\" = 'stale' WHERE \"ClaimNum\" % 100 = 0",
                        "DELETE FROM raw.claim WHERE \"ClaimNum\" > 1900",
                        "INSERT INTO raw.claim VALUES (5000, true, 'phantom', '2026-01-01')");
        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).isZero();
        assertThat(once.out()).contains("claim  repaired   1881      100         19      1");
        assertThat(fixture.target()
                        .rows("SELECT count(*), sum(\"ClaimNum\"), count(*) FILTER (WHERE \"Note\" ="
                                + " 'note ' || \"ClaimNum\") FROM raw.claim"))
                .containsExactly("2000|2001000|2000");
        assertThat(fixture.target().rows("SELECT count(*) FROM raw.done")).containsExactly("1000");
    }

    @Test
    void moreExtraRowsThanTheDeleteLimitStay() {
        fixture.target()
                .execute(
                        "INSERT INTO raw.claim SELECT n, true, 'phantom', '2026-01-01' FROM generate_series(3000, 3500) n");
        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).isEqualTo(1);
        assertThat(once.out()).contains("claim  braked", "--force-deletes");
        assertThat(fixture.target().rows("SELECT count(*) FROM raw.claim")).containsExactly("2501");
        assertThat(JarRun.of(fixture.environment(), "verify", "--repair", "--force-deletes")
                        .exitCode())
                .isZero();
        assertThat(fixture.target().rows("SELECT count(*) FROM raw.claim")).containsExactly("2000");
    }

    /** The other loader filled the table from another database. */
    @Test
    void aTableOfAnotherDatabaseIsNotAdopted() {
        fixture.target().execute("UPDATE raw.claim SET \"ClaimNum\" = \"ClaimNum\" + 10000000");

        assertThat(fixture.load("claim").failure().orElseThrow().message())
                .startsWith("table claim: 2,000 of 2,000 sampled rows of the target have keys that the source does not"
                        + " have; check that source.url names the database that filled the table");
        assertThat(fixture.target().rows("SELECT count(*), min(\"ClaimNum\") FROM raw.claim"))
                .containsExactly("2000|10000001");
    }

    @Test
    void changesDuringTheComparisonArriveWithTheNextLoad() {
        fixture.load("claim");
        fixture.source()
                .execute("UPDATE claim SET Note = 'edited' WHERE ClaimNum = 7", "DELETE FROM claim WHERE ClaimNum = 8");
        assertThat(fixture.load("claim").counts().updated()).isEqualTo(1);
    }

    @Test
    void anInterruptedAdoptionStartsAgain() {
        fixture.load("claim");
        fixture.target()
                .execute(
                        "UPDATE raw.etl_load_status SET load_status = 'running',"
                                + " backfill = 'filled by another loader, and not yet compared with the source'",
                        "UPDATE raw.claim SET \"Note\" = 'stale' WHERE \"ClaimNum\" = 3");
        fixture.load("claim");
        assertThat(fixture.target().rows("SELECT \"Note\" FROM raw.claim WHERE \"ClaimNum\" = 3"))
                .containsExactly("note 3");
        assertThat(fixture.target().rows("SELECT load_status, verify_result, backfill FROM raw.etl_load_status"))
                .containsExactly("success|repaired|∅");
    }

    @Tag(Extent.SLOW)
    @Test
    void aKilledAdoptionIsRepeated() throws Exception {
        fixture.source().execute("INSERT INTO claim SELECT seq, 1, 'many', '2026-01-01' FROM seq_2001_to_30000");
        JarRun.of(fixture.environment(), "init");
        Process loader = JarRun.start(fixture.environment(), "once");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> fixture.status("claim", "backfill IS NOT NULL").equals("t"));
        loader.destroyForcibly().waitFor();

        assertThat(fixture.status("claim", "load_status || coalesce(proven_at::text, '')"))
                .isEqualTo("running");
        assertThat(JarRun.of(fixture.environment(), "once").exitCode()).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.claim")).isEqualTo(30_000);
        assertThat(fixture.status("claim", "concat_ws(' ', load_status, verify_result, backfill)"))
                .isEqualTo("success repaired");
    }

    @Test
    void aHabitOfTheOtherLoaderStopsTheAdoption() {
        fixture.source().execute("UPDATE claim SET Note = '', SecDateTEdit = SecDateTEdit WHERE ClaimNum % 10 = 0");
        fixture.target().execute("UPDATE raw.claim SET \"Note\" = NULL WHERE \"ClaimNum\" % 10 = 0");
        String before = fixture.target().value("SELECT max(xmin::text::bigint) FROM raw.claim");

        assertThat(fixture.load("claim").failure().orElseThrow().message())
                .isEqualTo("table claim: its adoption would rewrite 200 of 2,000 rows, since the values of Note in the"
                        + " target are NULL instead of an empty text; leave the column out with exclude_columns, or"
                        + " rewrite them with: once claim --accept");
        assertThat(fixture.target().value("SELECT max(xmin::text::bigint) FROM raw.claim"))
                .isEqualTo(before);

        fixture.stop();
        JarRun accepted = JarRun.of(fixture.environment(), "once", "--accept");
        assertThat(accepted.exitCode()).as(accepted.out() + accepted.err()).isZero();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.claim WHERE \"Note\" = ''"))
                .isEqualTo(200);
    }

    /** The first load adds the column of the mark. */
    @Test
    void verifyBeforeAnAdoptionNeedsNoMark() {
        fixture.tables("claim: {deletes: mark}\n");
        fixture.target().execute("INSERT INTO raw.claim VALUES (5000, true, 'phantom', '2026-01-01')");
        JarRun verify = JarRun.of(fixture.environment(), "verify");

        assertThat(verify.out() + verify.err()).containsPattern("claim +differs +2000 +0 +0 +1");
        assertThat(fixture.load("claim").failure()).isEmpty();
        assertThat(fixture.target().rows("SELECT \"ClaimNum\" FROM raw.claim WHERE _deleted_at IS NOT NULL"))
                .containsExactly("5000");
    }

    /** The sample ends at 8 MB, with fewer than 100 of the rewritten rows. */
    @Test
    void aHabitInWideRowsStopsTheAdoption() {
        fixture.source()
                .execute("UPDATE claim SET Note = IF(ClaimNum % 10 = 0, '', REPEAT('n', 20000)),"
                        + " SecDateTEdit = SecDateTEdit");
        fixture.target()
                .execute("UPDATE raw.claim SET \"Note\" = CASE WHEN \"ClaimNum\" % 10 > 0"
                        + " THEN repeat('n', 20000) END");
        assertThat(fixture.load("claim").failure().orElseThrow().message())
                .contains("of 2,000 rows, since the values of Note in the target are NULL instead of an empty text");
    }

    @Test
    void aFloatInARealIsNotRounded() {
        fixture.source()
                .execute("ALTER TABLE claim ADD Fee float", "UPDATE claim SET Fee = 0.1, SecDateTEdit = SecDateTEdit");
        fixture.target().execute("ALTER TABLE raw.claim ADD \"Fee\" real DEFAULT 0.1");
        assertThat(fixture.load("claim").failure()).isEmpty();
    }

    /** Right instants, where the loader would store the time that the source shows. */
    @Test
    void aDatetimeInATimestampWithTimeZoneStopsTheAdoption() {
        fixture.source()
                .execute(
                        "ALTER TABLE claim ADD Seen datetime",
                        "UPDATE claim SET Seen = '2026-01-01 08:00:00', SecDateTEdit = SecDateTEdit");
        fixture.target().execute("ALTER TABLE raw.claim ADD \"Seen\" timestamptz DEFAULT '2026-01-01 08:00:00-07'");
        assertThat(fixture.load("claim").failure().orElseThrow().message())
                .contains("the values of Seen in the target are in another time zone; make it a timestamp without time"
                        + " zone there, or leave the column out with exclude_columns");
    }

    @Test
    void planNamesTheAdoptionBeforeInitAndAfter() {
        for (String before : List.of("plan", "init")) {
            JarRun.of(fixture.environment(), before);
            JarRun plan = JarRun.of(fixture.environment(), "plan");
            assertThat(plan.exitCode()).isZero();
            assertThat(plan.out())
                    .startsWith("claim  adopt: filled by another loader, and not yet compared with the source");
        }
    }
}
