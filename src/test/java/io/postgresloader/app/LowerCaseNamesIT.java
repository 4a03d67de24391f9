package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.TestServers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A source that stores names in lower case and takes them in any case, as MySQL on Windows does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag(Extent.SLOW)
@OnlyOn(
        value = Products.ALL_BUT_MYSQL_8,
        because = "MySQL 8 decides it when it makes its data directory, and that of the tests is made")
class LowerCaseNamesIT {
    private static final String OF_DOCTOR = "ok +source-names +lower_case_table_names is 1: the table list spells"
            + " names of tables as the server shows them";

    private final SourceServer server = TestServers.startSource("UTC0", List.of("--lower-case-table-names=1"));
    private LoaderFixture fixture;

    @BeforeEach
    void createTable() {
        fixture = new LoaderFixture(server);
        fixture.source()
                .execute(
                        "CREATE TABLE ProcedureLog (ProcNum int PRIMARY KEY, Note varchar(20), Edited datetime NOT NULL)",
                        "INSERT INTO procedureLOG SELECT seq, CONCAT('n', seq), '2020-02-02' FROM seq_1_to_1000");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aTableMadeInMixedCaseIsLoadedExactly() {
        fixture.tables("procedurelog: {incremental_columns: [Edited], skip_unchanged: false, reconcile: off}");
        assertLoadedTwice();
        assertDoctor(0, OF_DOCTOR);
    }

    /** The driver passes the name of the database on as it is spelled. */
    @Test
    void aDatabaseInAnotherCaseIsLoadedExactly() {
        fixture.asUserWhoMayOnlyRead("folding").set("SOURCE_URL", inUpperCase("SOURCE_URL"));
        aTableMadeInMixedCaseIsLoadedExactly();
    }

    private String inUpperCase(String variable) {
        String url = fixture.environment().get(variable);
        int name = url.lastIndexOf('/');
        return url.substring(0, name) + url.substring(name).toUpperCase(Locale.ROOT);
    }

    private void assertLoadedTwice() {
        assertThat(fixture.load("procedurelog").outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.source()
                .execute(
                        "UPDATE ProcedureLog SET Note = 'x', Edited = NOW() WHERE ProcNum = 7",
                        "INSERT INTO PROCEDURELOG VALUES (1001, 'y', NOW())");
        assertThat(fixture.load("procedurelog").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.status("procedurelog", "load_type")).isEqualTo("incremental");
        assertThat(Canonical.differences(fixture.source(), fixture.target(), "procedurelog"))
                .isEmpty();
        assertThat(fixture.target().rows("SELECT table_name FROM raw.etl_load_status"))
                .containsExactly("procedurelog");
    }

    @Test
    void anEntryInMixedCaseFailsAloneWithTheStoredName() {
        fixture.source().execute("CREATE TABLE other (Id int PRIMARY KEY)", "INSERT INTO other VALUES (1)");
        fixture.tables("other:\nProcedureLog:\n");

        JarRun once = JarRun.of(fixture.environment(), "once");

        String sentence = ":2: ProcedureLog: the source has no table ProcedureLog; did you mean procedurelog?";
        assertThat(once.exitCode()).as(once.toString()).isEqualTo(1);
        assertThat(once.out() + once.err()).contains(sentence);
        assertThat(fixture.status("ProcedureLog", "load_status || ' ' || error"))
                .startsWith("failed ")
                .endsWith(sentence);
        assertThat(fixture.status("other", "load_status")).isEqualTo("success");
        assertThat(fixture.target().rows("SELECT relname FROM pg_class WHERE relname ILIKE 'procedurelog'"))
                .isEmpty();
        assertDoctor(1, "fault +table-exists +.*ProcedureLog.*did you mean procedurelog");
    }

    private void assertDoctor(int exitCode, String line) {
        fixture.stop();
        JarRun doctor = JarRun.of(fixture.environment(), "doctor");
        assertThat(doctor.exitCode()).as(doctor.toString()).isEqualTo(exitCode);
        assertThat(doctor.out()).containsPattern(line);
    }
}
