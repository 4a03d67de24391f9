package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.JarRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of the list that the source does not have, or not so, fails alone and is named. */
class MisfitIT {
    private static final String LIST =
            "healthy:\nvisit: {incremental_columns: [Edited], exclude_columns: [Note], column_types: {Fee: numeric}}\n";

    private final LoaderFixture fixture = new LoaderFixture();

    /**
     * @param source what is done to the source
     * @param message what the failure says, as a regular expression
     */
    private record Misfit(String name, List<String> source, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Misfit> misfits() {
        return Stream.of(
                new Misfit(
                        "a table with another name",
                        List.of("RENAME TABLE visit TO visits"),
                        "visit: the source has no table visit; did you mean visits\\?"),
                new Misfit(
                        "a table that was dropped",
                        List.of("DROP TABLE visit"),
                        "visit: the source has no table visit; correct the name, restore it in the source, or remove it from the table list"),
                new Misfit(
                        "a view",
                        List.of("RENAME TABLE visit TO kept", "CREATE VIEW visit AS SELECT * FROM kept"),
                        "visit: it is a view; views are not loaded: remove it from the table list"),
                new Misfit(
                        "a cursor column that was dropped",
                        List.of("ALTER TABLE visit DROP COLUMN Edited"),
                        "visit.incremental_columns: 'Edited' is not a column of visit; allowed: Id, Note, Fee"),
                new Misfit(
                        "several columns with other names",
                        List.of("ALTER TABLE visit CHANGE Note Notes varchar(20), CHANGE Fee Fees int"),
                        "visit.column_types: 'Fee' is not a column of visit; did you mean Fees\\? allowed: .* \\| .*:2:"
                                + " visit.exclude_columns: 'Note' is not a column of visit; did you mean Notes\\? .*"));
    }

    @BeforeEach
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE healthy (Id int PRIMARY KEY)",
                        "INSERT INTO healthy VALUES (1), (2)",
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(20), Fee int, Edited datetime NOT NULL)",
                        "INSERT INTO visit VALUES (1, 'a', 3, NOW())");
        fixture.tables(LIST);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void theTableFailsAloneAtAStartAsWhileRunning(Misfit misfit) {
        assertThat(fixture.load("visit").failure()).isEmpty();
        fixture.source().execute(misfit.source.toArray(String[]::new));

        assertFailsAlone(misfit);
        fixture.stop();
        assertFailsAlone(misfit);
    }

    private void assertFailsAlone(Misfit misfit) {
        assertThat(fixture.load("visit").failure())
                .hasValueSatisfying(failure -> assertThat(failure.message()).matches(".*\\.yml:2: " + misfit.message));
        assertThat(fixture.repair("visit").before().failure())
                .hasValueSatisfying(failure -> assertThat(failure).matches("(?s).*\\.yml:2: " + misfit.message));
        assertThat(fixture.load("healthy").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().rows("SELECT \"Id\", \"Fee\" FROM raw.visit"))
                .containsExactly("1|3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "verify", "plan", "init"})
    void eachCommandNamesTheTablesAndExitsWith1(String command) {
        fixture.source().execute("CREATE VIEW seen AS SELECT * FROM healthy");
        fixture.tables("healthy:\nseen:\nvist:\nvisit: {incremental_columns: [Editd]}\n");

        JarRun run = JarRun.of(fixture.environment(), command);

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.out() + run.err())
                .contains(
                        ":2: seen: it is a view; views are not loaded",
                        ":3: vist: the source has no table vist; did you mean visit?",
                        ":4: visit.incremental_columns: 'Editd' is not a column of visit; did you mean Edited?");
    }

    @Test
    void theOtherTablesAreLoadedByOnce() {
        fixture.tables("healthy:\nvist:\n");

        assertThat(JarRun.of(fixture.environment(), "once").exitCode()).isEqualTo(1);

        assertThat(fixture.target().rows("SELECT \"Id\" FROM raw.healthy ORDER BY 1"))
                .containsExactly("1", "2");
        assertThat(fixture.status("healthy", "load_status")).isEqualTo("success");
        assertThat(fixture.status("vist", "load_status")).isEqualTo("failed");
    }
}
