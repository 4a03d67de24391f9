package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.target.ColumnDependents;
import io.postgresloader.testing.Sampled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps PostgreSQL from changing a column's type: it is named with its column, and the table is still loaded. */
class WideningBlockedIT {
    private static final String NOOP =
            "CREATE FUNCTION raw.noop() RETURNS trigger LANGUAGE plpgsql AS" + " $$ BEGIN RETURN NEW; END $$";

    private final LoaderFixture fixture = new LoaderFixture();

    private record Obstacle(String name, List<String> statements) {
        Obstacle(String name, String... statements) {
            this(name, List.of(statements));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Obstacle> obstacles() {
        return Stream.of(
                new Obstacle("view raw.amounts", "CREATE VIEW raw.amounts AS SELECT \"Amount\" FROM raw.visit"),
                new Obstacle(
                        "materialized view raw.sums",
                        "CREATE MATERIALIZED VIEW raw.sums AS SELECT sum(\"Amount\") FROM raw.visit"),
                new Obstacle(
                        "trigger on_amount",
                        NOOP,
                        "CREATE TRIGGER on_amount AFTER UPDATE OF \"Amount\" ON raw.visit"
                                + " FOR EACH ROW EXECUTE FUNCTION raw.noop()"),
                new Obstacle("policy paid", "CREATE POLICY paid ON raw.visit USING (\"Amount\" > 0)"),
                new Obstacle(
                        "function raw.total()",
                        "CREATE FUNCTION raw.total() RETURNS bigint LANGUAGE sql"
                                + " BEGIN ATOMIC SELECT sum(\"Amount\") FROM raw.visit; END"),
                new Obstacle(
                        "the row filter of publication paid_visits",
                        "CREATE PUBLICATION paid_visits FOR TABLE raw.visit WHERE (\"Amount\" > 0)"
                                + " WITH (publish = 'insert')"),
                new Obstacle(
                        "generated column twice",
                        "ALTER TABLE raw.visit ADD twice bigint GENERATED ALWAYS AS (\"Amount\" * 2) STORED"));
    }

    @BeforeEach
    void load() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Amount int, Edited datetime NOT NULL)"
                                + " ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, seq, '2019-05-05' FROM seq_1_to_50");
        fixture.tables("visit: {incremental_columns: [Edited]}");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest(name = "{0}")
    @MethodSource("obstacles")
    void theObstacleIsNamedAndOtherRowsArrive(Obstacle obstacle) {
        fixture.target().execute(obstacle.statements.toArray(String[]::new));
        fixture.source()
                .execute(
                        "ALTER TABLE visit MODIFY Amount bigint",
                        "UPDATE visit SET Amount = 5000000000, Edited = NOW() WHERE Id = 7",
                        "UPDATE visit SET Amount = 4, Edited = NOW() WHERE Id = 8");

        LoadResult load = fixture.load("visit");

        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(load.counts().deadLettered()).isEqualTo(1);
        assertThat(fixture.status("visit", "notes"))
                .startsWith("column Amount should become bigint, but " + obstacle
                        + " depends on it: rows that do not fit into integer become dead letters; drop " + obstacle
                        + ", run ALTER TABLE \"raw\".\"visit\" ALTER COLUMN \"Amount\" TYPE bigint");
        assertThat(fixture.target().value("SELECT \"Amount\" FROM raw.visit WHERE \"Id\" = 8"))
                .isEqualTo("4");
    }

    /** PostgreSQL records no dependency on the column, but on the table. */
    @Test
    void aStatementThatIsNotSupportedIsNamed() {
        fixture.target().execute("CREATE TABLE raw.copies (visit raw.visit)");
        fixture.source().execute("ALTER TABLE visit MODIFY Amount bigint", "UPDATE visit SET Edited = NOW()");

        LoadResult load = fixture.load("visit");

        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.FAILED);
        assertThat(load.failure().orElseThrow().toString())
                .startsWith(
                        "schema: table raw.visit cannot be made ready (the server does not support the statement for"
                                + " this table); to see what prevents it run: ALTER TABLE \"raw\".\"visit\" ALTER COLUMN"
                                + " \"Amount\" TYPE bigint");
    }

    @Test
    void theObstacleIsNamedWhenTheDeadLetterLimitStopsALoad() {
        fixture.target().execute("CREATE VIEW raw.amounts AS SELECT \"Amount\" FROM raw.visit");
        fixture.source()
                .execute(
                        "ALTER TABLE visit MODIFY Amount bigint",
                        "INSERT INTO visit SELECT seq, 5000000000, NOW() FROM seq_51_to_101");

        LoadResult load = fixture.load("visit");

        assertThat(load.outcome()).as(load.toString()).isEqualTo(Outcome.FAILED);
        assertThat(load.failure().orElseThrow().message())
                .contains("more than max_dead_letter_fraction (10.0 %) allows")
                .contains("column Amount should become bigint, but view raw.amounts depends on it");
    }

    /** A column without obstacles, and a key that PostgreSQL's own messages call by no name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE raw.p (\"Amount\" int) PARTITION BY RANGE (\"Amount\") | the partition key",
                "CREATE TABLE raw.p (\"Amount\" int) PARTITION BY RANGE ((\"Amount\" + 1)) | the partition key",
                "CREATE TABLE raw.p (id int, \"Amount\" int) PARTITION BY RANGE (id) |",
                "CREATE TABLE raw.p (\"Amount\" int DEFAULT 3 CHECK (\"Amount\" > 0) UNIQUE) |",
                "CREATE TABLE raw.p (\"Amount\" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " parent int REFERENCES raw.p) |"
            })
    void onlyWhatPostgresDoesNotRebuildIsAnObstacle(String table, String obstacle) {
        fixture.target().execute(table);
        List<String> expected = obstacle == null ? List.of() : List.of(obstacle);
        try (Session session = Session.open(fixture.configuration())) {
            assertThat(new ColumnDependents(session.services().warehouse()).of("p", "Amount"))
                    .isEqualTo(expected);
        }
        if (obstacle == null) {
            fixture.target().execute("ALTER TABLE raw.p ALTER \"Amount\" TYPE bigint");
        }
    }
}
