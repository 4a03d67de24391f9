package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.SourceProduct;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A table that the source says did not change is not read, and any change is noticed. */
class UnchangedIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "MyISAM|INSERT INTO visit VALUES (9, 'new')",
                "MyISAM|UPDATE visit SET Note = 'edited' WHERE Id = 2",
                "MyISAM|ALTER TABLE visit ADD COLUMN More int",
                "InnoDB|UPDATE visit SET Note = 'edited' WHERE Id = 2",
                "InnoDB|DELETE FROM visit WHERE Id = 2",
                "InnoDB|ALTER TABLE visit ADD COLUMN More int"
            })
    void anUnchangedTableIsLoadedAfterAnyChange(String engine, String change) throws Exception {
        create("visit", engine);
        fixture.tables("visit:");
        fixture.load("visit");
        awaitUnchanged("visit");
        String loaded = fixture.status("visit", "last_loaded");
        fixture.awaitNextLook();

        LoadResult idle = fixture.load("visit");
        assertThat(idle.type()).contains(LoadType.UNCHANGED);
        assertThat(idle.reason()).matches("the source has not changed it since .* UTC");
        assertThat(fixture.status("visit", "last_loaded")).isGreaterThan(loaded);
        assertThat(fixture.status("visit", "load_type, load_status")).isEqualTo("unchanged|success");

        fixture.source().execute(change);
        LoadResult busy = fixture.load("visit");
        assertThat(busy.type()).as(busy.toString()).isNotEqualTo(idle.type());
    }

    /** Aria, which MySQL does not have, notes the time at a checkpoint; the time of a partitioned table may go back. */
    private static Stream<String> enginesWithoutTime() {
        return Stream.of("Aria", "InnoDB PARTITION BY HASH (Id) PARTITIONS 2")
                .filter(engine -> SourceProduct.underTest().isMariaDb() || !engine.equals("Aria"));
    }

    @ParameterizedTest
    @MethodSource("enginesWithoutTime")
    void aTableWhoseTimeCannotBeReliedOnIsAlwaysRead(String engine) throws Exception {
        create("visit", engine);
        fixture.tables("visit:");
        fixture.load("visit");
        // A checkpoint would make the time right.
        Thread.sleep(3_500);
        fixture.load("visit");
        LoadResult idle = fixture.load("visit");
        fixture.source().execute("UPDATE visit SET Note = 'edited' WHERE Id = 2");
        fixture.load("visit");

        assertThat(fixture.target().value("SELECT \"Note\" FROM raw.visit WHERE \"Id\" = 2"))
                .isEqualTo("edited");
        assertThat(idle.type()).isNotEqualTo(Optional.of(LoadType.UNCHANGED));
    }

    @Test
    void aChangeThatIsCommittedLateIsLoaded() throws Exception {
        create("visit", "InnoDB");
        fixture.tables("visit:");
        fixture.load("visit");
        awaitUnchanged("visit");
        try (var writer = fixture.source().begin("INSERT INTO visit VALUES (10, 'first')")) {
            fixture.source().execute("INSERT INTO visit VALUES (11, 'second')");
            // Both changes have the same second, and one of them cannot be seen yet.
            fixture.load("visit");
            Thread.sleep(3_500);
            fixture.load("visit");
            writer.commit();
        }
        fixture.load("visit");

        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit WHERE \"Id\" >= 10"))
                .isEqualTo(2);
    }

    @Test
    void rowsMissingInTheTargetAreLoaded() {
        create("visit", "MyISAM");
        fixture.tables("visit:");
        fixture.load("visit");
        awaitUnchanged("visit");
        fixture.target().execute("DROP TABLE raw.visit");

        fixture.load("visit");

        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(3);
    }

    @Test
    void withSkipUnchangedOffEachLoadReads() throws Exception {
        create("visit", "MyISAM");
        fixture.tables("visit: {skip_unchanged: false}");
        fixture.load("visit");
        Thread.sleep(3_500);
        fixture.load("visit");

        assertThat(fixture.load("visit").type()).contains(LoadType.FULL);
    }

    @Test
    void onlyAnEditOfWhatIsStoredMakesItRead() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Edited datetime NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO visit VALUES (1, '2020-01-01'), (2, '2020-01-01')");
        String columns = "visit: {incremental_columns: [Edited]";
        fixture.tables(columns + "}");
        fixture.load("visit");
        awaitUnchanged("visit");

        fixture.tables(columns + ", schedule: 1h, reconcile: 12h, max_delete_fraction: 9%}");
        assertThat(fixture.load("visit").type()).contains(LoadType.UNCHANGED);
        assertThat(fixture.status("visit", "reconcile_reason IS NULL")).isEqualTo("t");

        fixture.tables(columns + ", zero_dates: 1900-01-01}");
        assertThat(fixture.load("visit").type()).contains(LoadType.INCREMENTAL);
        assertThat(fixture.status("visit", "reconcile_reason"))
                .isEqualTo("nul_characters, invalid_text or zero_dates changed, and rows that are loaded already keep"
                        + " their values");
    }

    @Test
    void fortyIdleTablesCostFewStatements() {
        List<String> tables = IntStream.range(0, 40).mapToObj(i -> "visit" + i).toList();
        tables.forEach(table -> create(table, "MyISAM"));
        fixture.tables(String.join(":\n", tables) + ":\n");
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> tables.stream().map(fixture::load).toList().stream()
                        .allMatch(load -> load.type().equals(Optional.of(LoadType.UNCHANGED))));

        long before = statements();
        tables.forEach(table -> fixture.loader().load(LoadRequest.due(table)));

        // Those of the questions themselves included. Loads share what was read a moment before, which a busy machine
        // needs more
        // often; a load of its own takes several statements for each table.
        assertThat(statements() - before).isLessThan(40);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_load_status WHERE load_type = 'unchanged'"))
                .isEqualTo(40);
    }

    private void create(String table, String engine) {
        fixture.source()
                .execute(
                        "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=" + engine,
                        "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    }

    private void awaitUnchanged(String table) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> fixture.load(table).type().equals(Optional.of(LoadType.UNCHANGED)));
    }

    private long statements() {
        return Long.parseLong(fixture.source()
                .rows("SHOW GLOBAL STATUS LIKE 'Com_select'")
                .get(0)
                .split("\\|")[1]);
    }
}
