package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that differ in case only stop a table with the choice, and no second column is made. */
class NameCaseIT {
    private static final String RENAME_NOTE = "ALTER TABLE \"raw\".\"visit\" RENAME COLUMN \"Note\" TO \"note\"";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void create() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT seq, CONCAT('n', seq), '2020-02-02' FROM seq_1_to_30");
        fixture.tables("visit: {incremental_columns: [Edited], skip_unchanged: false}");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aColumnRenamedInCaseStopsUntilItIsRenamed() {
        fixture.load("visit");
        fixture.source().execute("ALTER TABLE visit CHANGE Note note varchar(20)");

        assertStopped(
                fixture.load("visit"),
                "table raw.visit: the names of the column Note and the source's note differ in case only; run: "
                        + RENAME_NOTE + "; or, to keep the old columns with their old values, add the new ones:"
                        + " ALTER TABLE \"raw\".\"visit\" ADD COLUMN \"note\" text");

        fixture.target().execute(RENAME_NOTE);
        LoadResult renamed = fixture.load("visit");
        assertThat(renamed.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().value("SELECT changes FROM raw.etl_schema_version ORDER BY id DESC LIMIT 1"))
                .isEqualTo("[\"column Note is called note now\"]");
        assertThat(fixture.target().count("SELECT count(\"note\") FROM raw.visit"))
                .isEqualTo(30);
    }

    @Test
    void aColumnThatWasAddedInTheNewCaseIsLoaded() {
        fixture.load("visit");
        fixture.source().execute("ALTER TABLE visit CHANGE Note note varchar(20)");
        fixture.target().execute("ALTER TABLE raw.visit ADD COLUMN note text");

        assertThat(fixture.load("visit").reason()).isEqualTo("column note is new");
        assertThat(fixture.target().count("SELECT count(note) FROM raw.visit")).isEqualTo(30);
    }

    @Test
    void aKeyColumnRenamedInCaseStopsUntilItIsRenamed() {
        fixture.load("visit");
        fixture.source().execute("ALTER TABLE visit CHANGE Id ID int NOT NULL");

        assertThat(fixture.load("visit").failure().orElseThrow().message())
                .contains("run: ALTER TABLE \"raw\".\"visit\" RENAME COLUMN \"Id\" TO \"ID\";");

        fixture.target().execute("ALTER TABLE raw.visit RENAME COLUMN \"Id\" TO \"ID\"");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(30);
    }

    @Test
    void aWarehouseWithLowerCaseNamesStopsWithAllStatements() {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.visit (id integer PRIMARY KEY, note text, edited timestamp)",
                        "INSERT INTO raw.visit VALUES (1, 'n1', '2020-02-02')");

        LoadResult stopped = fixture.load("visit");

        assertThat(stopped.failure().orElseThrow().message())
                .contains("the column id and the source's Id, the column note and the source's Note")
                .contains(
                        "run: ALTER TABLE \"raw\".\"visit\" RENAME COLUMN \"id\" TO \"Id\"; ALTER TABLE \"raw\".\"visit\""
                                + " RENAME COLUMN \"note\" TO \"Note\"; ALTER TABLE");
        assertThat(fixture.target().count("SELECT count(*) FROM information_schema.columns WHERE table_name = 'visit'"))
                .isEqualTo(3);
    }

    @Test
    void aTableNamedInAnotherCaseStopsUntilItIsRenamed() {
        fixture.target().execute("CREATE SCHEMA raw", "CREATE TABLE raw.\"Visit\" (\"Id\" integer)");

        assertStopped(
                fixture.load("visit"),
                "the target has no table raw.visit, and a table Visit, whose name differs in case only; run: ALTER TABLE"
                        + " \"raw\".\"Visit\" RENAME TO \"visit\"; or, if that is another table, create this one: CREATE"
                        + " TABLE \"raw\".\"visit\" (\"Id\" integer, \"Note\" text, \"Edited\" timestamp(0), \"_loaded_at\""
                        + " timestamp with time zone DEFAULT now(), PRIMARY KEY"
                        + " (\"Id\")) WITH (fillfactor = 90)");

        fixture.target().execute("ALTER TABLE raw.\"Visit\" RENAME TO visit");
        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aKeyWiderThanTheSourcesIsNamedWithItsLine() {
        fixture.tables("visit:\n  incremental_columns: [Edited]\n  primary_key: [Id, Note]\n");

        LoadResult stopped = fixture.load("visit");

        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().message())
                .matches(".*\\.yml:3: table visit: primary_key \\(Id, Note\\) has more columns than the source's key"
                        + " \\(Id\\): a change of the others would leave the old row in the target; allowed: \\(Id\\)");
        assertThat(fixture.target().count("SELECT count(*) FROM information_schema.tables WHERE table_name = 'visit'"))
                .isZero();
    }

    private static void assertStopped(LoadResult stopped, String message) {
        assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stopped.failure().orElseThrow().toString()).isEqualTo("schema: " + message);
    }
}
