package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.JarRun;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code status} shows the worst first. */
class StatusIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void createTables() {
        for (String table : List.of("adjustment", "broken", "poisoned", "unheard")) {
            fixture.source()
                    .execute(
                            "CREATE TABLE " + table + " (Id int NOT NULL PRIMARY KEY, Note varchar(20)) ENGINE=MyISAM",
                            "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')");
        }
        fixture.tables("adjustment:\nbroken:\npoisoned:\nunheard:\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CREATE SCHEMA raw",
                "CREATE SCHEMA raw CREATE TABLE etl_load_status (table_name text, load_status text)"
            })
    void beforeInitItSaysWhatToDo(String target) {
        fixture.target().execute(target);

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).as(status.toString()).isEqualTo(1);
        assertThat(status.out()).isEmpty();
        assertThat(status.err())
                .isEqualToIgnoringNewLines(
                        "schema raw of the target has no tracking tables of the loader yet; run: init");
    }

    @Test
    void itDoesNotAskTheSource() {
        JarRun.of(fixture.environment(), "init");
        fixture.set("SOURCE_URL", "jdbc:mysql://no-such-host.invalid:3306/opendental");

        assertThat(JarRun.of(fixture.environment(), "status").exitCode()).isZero();
    }

    @Test
    void loadedTablesAreShownWithTheirCounts() {
        fixture.source().execute("UPDATE poisoned SET Note = CONCAT('a', CHAR(0)) WHERE Id = 2");
        fixture.load("adjustment");
        fixture.load("poisoned");

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(
                                        "table +status +loaded up to \\(UTC\\) +rows +load +dead letters +compared \\(UTC\\) +result +reason"),
                        line -> assertThat(line).matches("broken +pending +never +0 +- +0 +never +-"),
                        line -> assertThat(line).matches("unheard +pending +never +0 +- +0 +never +-"),
                        line -> assertThat(line)
                                .matches(
                                        "poisoned +success +\\d{4}-\\S+T\\S+ +2 +full +1 +never +- +never loaded; .*1 fewer.*"),
                        line -> assertThat(line)
                                .matches("adjustment +success +\\d{4}-\\S+T\\S+ +2 +full +0 +never +- +never loaded"));
    }

    @Test
    void aFailedTableComesFirstAndIsTheExitCode() {
        for (String table : List.of("adjustment", "poisoned", "unheard")) {
            fixture.load(table);
        }
        fixture.source().execute("ALTER TABLE broken DROP PRIMARY KEY");
        fixture.load("broken");

        JarRun status = JarRun.of(fixture.environment(), "status");

        assertThat(status.exitCode()).as(status.toString()).isEqualTo(1);
        assertThat(status.out().lines().toList().get(1))
                .matches("broken +failed +never +0 +- +1 +never +- +schema: table broken has no key: .*");
    }
}
