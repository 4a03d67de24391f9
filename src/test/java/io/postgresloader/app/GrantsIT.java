package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rights that the shipped scripts give are enough, and no more than enough. */
@Tag(Extent.SMOKE)
class GrantsIT {
    private static final String FORMER = "former_job";
    private static final String LOADER = "granted_loader";

    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void hardenedServers() throws IOException {
        String database = fixture.target().value("SELECT current_database()");
        fixture.target()
                .execute(
                        "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
                        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                        "DROP ROLE IF EXISTS " + FORMER,
                        "DROP ROLE IF EXISTS " + LOADER,
                        "CREATE ROLE " + FORMER + " LOGIN",
                        "GRANT CONNECT, CREATE ON DATABASE " + database + " TO " + FORMER);
        as(FORMER)
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.claim (\"ClaimNum\" int PRIMARY KEY, \"Note\" text)",
                        "INSERT INTO raw.claim VALUES (1, 'stale'), (9, 'phantom')",
                        "CREATE VIEW raw.claims AS SELECT * FROM raw.claim",
                        "CREATE TABLE raw.etl_load_status (id serial PRIMARY KEY, table_name varchar(255) NOT NULL UNIQUE,"
                                + " last_loaded timestamp NOT NULL DEFAULT '1969-01-01', rows_loaded integer DEFAULT 0,"
                                + " load_status varchar(50) DEFAULT 'pending', _loaded_at timestamp DEFAULT now(),"
                                + " _created_at timestamp DEFAULT now(), _updated_at timestamp DEFAULT now())");
        fixture.target()
                .execute(script("target-grants.sql")
                        .replaceAll("\\bloader\\b", LOADER)
                        .replace("opendental_analytics", database));
        fixture.source()
                .execute(
                        "CREATE TABLE claim (ClaimNum int PRIMARY KEY, Note text, Amount double)",
                        "INSERT INTO claim SELECT seq, 'note', 1.5 FROM seq_1_to_200");
        Stream.of(script("source-grants.sql")
                        .replace("'loader'@'%'", "'" + LOADER + "'@'127.0.0.1'")
                        .replace("change me", SourceServer.PASSWORD)
                        .replace("opendental", fixture.source().value("SELECT DATABASE()"))
                        .replaceAll("(?m)^--.*$", "")
                        .split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .forEach(fixture.source()::execute);
        fixture.tables("claim:\n").set("SOURCE_USER", LOADER).set("TARGET_USER", LOADER);
    }

    @AfterEach
    void close() {
        fixture.close();
        // Roles are of the whole server, and other tests may create them again.
        fixture.target().execute("DROP OWNED BY " + LOADER + " CASCADE", "DROP OWNED BY " + FORMER + " CASCADE");
        fixture.target().execute("DROP ROLE " + LOADER, "DROP ROLE " + FORMER);
    }

    @Test
    void everyCommandAndTheFormerJobWork() {
        for (String command : new String[] {
            "init", "analyze --output -", "plan", "once", "verify --repair", "replay", "status", "once --full"
        }) {
            JarRun run = JarRun.of(fixture.environment(), command.split(" "));
            assertThat(run.exitCode()).as(command + run).isZero();
            assertThat(run.err()).as(command).doesNotContain("ERROR", "does not show its open transactions");
        }
        assertThat(as(FORMER).count("SELECT count(*) FROM raw.claims")).isEqualTo(200);
        assertThat(as(LOADER).rows("SELECT count(\"Amount\") FROM claim")).containsExactly("200");

        JarRun undo = JarRun.of(fixture.environment(), "init", "--undo");
        assertThat(undo.exitCode()).as(undo.toString()).isZero();
        as(FORMER).execute("INSERT INTO raw.claim VALUES (500, 'by the former job')");
        as(FORMER)
                .execute(
                        "INSERT INTO raw.etl_load_status (table_name) VALUES ('another')",
                        "UPDATE raw.etl_load_status SET rows_loaded = 1",
                        "TRUNCATE raw.claim",
                        "CREATE TABLE raw.another (\"Id\" int PRIMARY KEY)");
    }

    @Test
    void otherStatementsAreDenied() {
        fixture.target().execute("CREATE SCHEMA secret", "CREATE TABLE secret.wage (id int)");
        Stream.of(
                        "CREATE TABLE public.intruder (id int)",
                        "CREATE SCHEMA intruder",
                        "SELECT * FROM secret.wage",
                        "COPY raw.claim TO PROGRAM 'true'",
                        "SET ROLE " + FORMER)
                .forEach(statement -> assertDenied(as(LOADER), statement));

        Database source = new Database(fixture.environment().get("SOURCE_URL"), LOADER, SourceServer.PASSWORD);
        Stream.of(
                        "INSERT INTO claim VALUES (300, '', 0)",
                        "DELETE FROM claim",
                        "ALTER TABLE claim ADD extra int",
                        "LOCK TABLES claim WRITE",
                        "SELECT * FROM mysql.global_priv",
                        "SELECT 1 INTO OUTFILE '/tmp/intruder'")
                .forEach(statement -> assertDenied(source, statement));
    }

    private static void assertDenied(Database database, String statement) {
        assertThatThrownBy(() -> database.execute(statement))
                .as(statement)
                .cause()
                .hasMessageContaining("denied");
    }

    @Test
    void withoutOwnershipTheMissingPrivilegeIsNamed() {
        fixture.target().execute("ALTER TABLE raw.etl_load_status OWNER TO " + FORMER);
        JarRun init = JarRun.of(fixture.environment(), "init");
        assertThat(init.exitCode()).isEqualTo(1);
        assertThat(init.err()).contains("42501", "see the grants");
    }

    private Database as(String role) {
        return new Database(fixture.target().url(), role, "");
    }

    private static String script(String name) throws IOException {
        return Files.readString(Path.of("config", name));
    }
}
