package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.JarRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table that is not what its load expects stops alone, and says what to do. */
class SchemaFailureIT {
    private static final String CATALOG = "healthy:\nbroken:\nanother:\n";

    private final LoaderFixture fixture = new LoaderFixture();

    /**
     * @param breakSource what is done to the source before the load, after the loader has started
     * @param breakTarget the same in the target
     * @param message what the failure says, as a regular expression
     * @param mendSource what mends it in the source
     * @param catalog the table list that mends it
     */
    private record Case(
            String name,
            List<String> breakSource,
            List<String> breakTarget,
            String message,
            List<String> mendSource,
            List<String> mendTarget,
            String catalog) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "no unique index on the key in the target",
                        List.of(),
                        List.of("CREATE TABLE raw.broken (\"Id\" int, \"Note\" text)"),
                        ".*raw\\.broken has no unique index on its key \\(Id\\);"
                                + " run: CREATE UNIQUE INDEX ON \"raw\"\\.\"broken\" \\(\"Id\"\\)",
                        List.of(),
                        List.of("CREATE UNIQUE INDEX ON raw.broken (\"Id\")"),
                        CATALOG),
                new Case(
                        "table gone from the source",
                        List.of("RENAME TABLE broken TO elsewhere"),
                        List.of(),
                        ".*table broken is gone from the source; .*table list.*",
                        List.of("RENAME TABLE elsewhere TO broken"),
                        List.of(),
                        CATALOG),
                new Case(
                        "a column type that is not mapped",
                        List.of("ALTER TABLE broken ADD Address inet6"),
                        List.of(),
                        ".*column Address has the type inet6, which is not mapped; give its PostgreSQL type in"
                                + " column_types, e\\.g\\. Address: text",
                        List.of(),
                        List.of(),
                        CATALOG.replace("broken:", "broken: {column_types: {Address: text}}")),
                new Case(
                        "no key in the source",
                        List.of("ALTER TABLE broken DROP PRIMARY KEY"),
                        List.of(),
                        ".*table broken has no key: .*; add one to the source, or take the table out of the table list",
                        List.of("ALTER TABLE broken ADD PRIMARY KEY (Id)"),
                        List.of(),
                        CATALOG),
                new Case(
                        "no right to write the target",
                        List.of(),
                        List.of(
                                "CREATE TABLE raw.broken (\"Id\" int PRIMARY KEY, \"Note\" text)",
                                "CREATE FUNCTION raw.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                        + " RAISE EXCEPTION 'x' USING ERRCODE = '42501'; END $$",
                                "CREATE TRIGGER refuse BEFORE INSERT ON raw.broken EXECUTE FUNCTION raw.refuse()"),
                        ".*SQLSTATE 42501.*the user has no right to do this; see the grants",
                        List.of(),
                        List.of("DROP TRIGGER refuse ON raw.broken"),
                        CATALOG));
    }

    @BeforeEach
    void createTables() {
        for (String table : List.of("healthy", "broken", "another")) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                            "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')");
        }
        fixture.tables(CATALOG);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theTableFailsWithWhatToDoUntilItIsMended(Case c) {
        fixture.loader();
        fixture.source().execute(c.breakSource.toArray(String[]::new));
        fixture.target().execute(c.breakTarget.toArray(String[]::new));

        for (int attempt = 1; attempt <= 2; attempt++) {
            LoadResult failed = fixture.load("broken");
            assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.failure().orElseThrow().kind()).isEqualTo(FailureKind.SCHEMA);
            assertThat(fixture.status("broken", "load_status, error_class, last_loaded, watermarks"))
                    .isEqualTo("failed|schema|∅|∅");
            assertThat(fixture.status("broken", "error")).matches(c.message);
            assertThat(deadLetters()).containsExactly("broken|∅|schema|" + attempt + "|open");
        }
        assertThat(fixture.load("healthy").outcome()).isEqualTo(Outcome.SUCCESS);

        fixture.source().execute(c.mendSource.toArray(String[]::new));
        fixture.target().execute(c.mendTarget.toArray(String[]::new));
        if (!c.catalog.equals(CATALOG)) {
            fixture.tables(c.catalog);
        }
        LoadResult mended = fixture.load("broken");

        assertThat(mended.outcome()).as(mended.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.status("broken", "load_status, error_class, error")).isEqualTo("success|∅|∅");
        assertThat(fixture.target().rows("SELECT \"Id\", \"Note\" FROM raw.broken ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id, Note FROM broken ORDER BY 1"));
        assertThat(deadLetters()).containsExactly("broken|∅|schema|2|superseded");
    }

    @Test
    void theOtherTablesOfTheSameRunGoOn() {
        fixture.source().execute("ALTER TABLE broken ADD Address inet6");

        JarRun once = JarRun.of(fixture.environment(), "once");

        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertThat(once.out()).contains("column_types, e.g. Address: text");
        assertThat(fixture.target().rows("SELECT table_name, load_status FROM raw.etl_load_status ORDER BY 1"))
                .containsExactly("another|success", "broken|failed", "healthy|success");
        assertThat(fixture.target().rows("SELECT \"Id\", \"Note\" FROM raw.another ORDER BY 1"))
                .containsExactly("1|a", "2|b");
    }

    private List<String> deadLetters() {
        return fixture.target().rows("SELECT table_name, key, reason, attempts, state FROM raw.etl_dead_letter");
    }
}
