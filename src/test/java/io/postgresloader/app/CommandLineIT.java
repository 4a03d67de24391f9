package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.GuardedRole;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.ShippedRoutes;
import io.postgresloader.testing.TcpProxy;
import io.postgresloader.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as a user runs it: exit codes, and messages that say what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineIT {
    private static final String CATALOG = "visit:\n  incremental_columns: [Edited]\n  skip_unchanged: false\ncode:\n";

    /** Of a login that the target really checks; the test server trusts all others. */
    private static final String PASSWORD = "Wort-0815";

    private final LoaderFixture fixture = new LoaderFixture();
    private TcpProxy closed;

    /**
     * @param message what standard error says, as a regular expression; {@code FILE} is the table list
     */
    private record TableList(String name, String yaml, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @param message what standard error says, as a regular expression */
    private record Setting(String name, Map<String, String> environment, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<TableList> wrongTableLists() {
        return Stream.of(
                new TableList("no YAML", "visit: [a", "FILE:1: .*"),
                new TableList(
                        "unknown key",
                        "visit:\n  incremental_colums: [Edited]\n",
                        "FILE:2: visit.*incremental_colums.*incremental_columns.*"),
                new TableList(
                        "min_date after max_date",
                        "visit:\n  data_quality_filters:\n    min_date: \"2030-01-01\"\n"
                                + "    max_date: \"2000-01-01\"\n",
                        "FILE:[234]: visit.*2030-01-01.*2000-01-01.*"),
                new TableList("wrong type", "visit:\n  schedule: soon\n", "FILE:2: visit\\.schedule: found .*soon.*"),
                new TableList(
                        "two at once",
                        "visit: {schedule: soon}\ncode: {lod: full}\n",
                        "FILE:1: visit\\.schedule: .*\\RFILE:2: code\\..*"),
                new TableList(
                        "a list of another database",
                        "kode:\nperson:\n",
                        "FILE: tables: the source database has none of the 2 tables of this list \\(kode: did you mean"
                                + " code\\?\\); correct SOURCE_URL, or write a list for this database with: analyze --output .*"));
    }

    @BeforeAll
    void createTables() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Edited datetime NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO visit SELECT seq, NOW() FROM seq_1_to_30",
                        "CREATE TABLE code (Id int NOT NULL PRIMARY KEY) ENGINE=MyISAM",
                        "INSERT INTO code VALUES (1), (2)");
        fixture.source().execute("CREATE USER locked@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "' ACCOUNT LOCK");
        fixture.target().execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
        closed = new TcpProxy(TestServers.source().port());
        closed.refuse();
        GuardedRole.create(fixture.target(), "guarded", PASSWORD);
    }

    @BeforeEach
    void writeTables() {
        fixture.tables(CATALOG);
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTableLists")
    void aWrongTableListFailsWithFileAndLine(TableList wrong) {
        fixture.tables(wrong.yaml);
        String file = Pattern.quote(fixture.environment().get("TABLES_FILE"));

        assertFails(JarRun.of(fixture.environment(), "once"), 2, wrong.message.replace("FILE", file));
    }

    @Test
    void aTableListThatIsNoFileFails() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "list");
        Path link = Files.createSymbolicLink(directory.resolve("link.yml"), Path.of("missing.yml"));

        assertFails(with("TABLES_FILE", "target/none.yml"), 2, "target/none\\.yml: .*no such file; create it.*");
        assertFails(with("TABLES_FILE", directory.toString()), 2, ".*a directory; name a file");
        assertFails(with("TABLES_FILE", link.toString()), 2, ".*link\\.yml: .*no such file; create it.*");
    }

    Stream<Setting> unusableDatabases() {
        String nowhere = "127.0.0.1:" + closed.port();
        Map<String, String> environment = fixture.environment();
        String source = environment.get("SOURCE_URL");
        String target = environment.get("TARGET_URL");
        return Stream.of(
                new Setting(
                        "wrong password at the source",
                        Map.of("SOURCE_PASSWORD", PASSWORD),
                        "the source database .*authentication failed.*check SOURCE_USER and SOURCE_PASSWORD"),
                new Setting(
                        "wrong password at the target",
                        Map.of("TARGET_USER", "guarded", "TARGET_PASSWORD", "not-" + PASSWORD),
                        "the target database .*authentication failed.*check TARGET_USER and TARGET_PASSWORD"),
                new Setting(
                        "no password at the target",
                        Map.of("TARGET_USER", "guarded"),
                        "the target database .*authentication failed.*check TARGET_USER and TARGET_PASSWORD"),
                new Setting(
                        "an account at the source that is locked",
                        Map.of("SOURCE_USER", "locked", "SOURCE_PASSWORD", PASSWORD),
                        "the source database .*the server did not accept the connection .*see the server's log.*"),
                new Setting(
                        "no connection left at the target",
                        Map.of("TARGET_USER", "crowded"),
                        "the target database .*the server did not accept the connection \\(SQLSTATE 53300\\).*"),
                new Setting(
                        "source down",
                        Map.of("SOURCE_URL", source.replaceFirst("127[^/]*", nowhere)),
                        "the source database .*no server answered; .*SOURCE_URL names its host and port"),
                new Setting(
                        "target down",
                        Map.of("TARGET_URL", target.replaceFirst("127[^/]*", nowhere)),
                        "the target database .*no server answered; .*TARGET_URL names its host and port"),
                new Setting(
                        "source host unknown",
                        Map.of("SOURCE_URL", "jdbc:mysql://no-such-host.invalid:3306/opendental"),
                        "the source database .*no server answered; .*SOURCE_URL names its host and port"),
                new Setting(
                        "no such source database",
                        Map.of("SOURCE_URL", source.replaceFirst("[^/]*$", "nosuch")),
                        "the source database .*the database does not exist.*check SOURCE_URL"),
                new Setting(
                        "no such target database",
                        Map.of("TARGET_URL", target.replaceFirst("[^/]*$", "nosuch")),
                        "the target database .*the database does not exist.*check TARGET_URL"));
    }

    @Sampled(oneOf = 3)
    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableDatabases")
    void aDatabaseThatCannotBeUsedIsNamed(Setting setting) {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.putAll(setting.environment);

        assertFails(JarRun.of(environment, "once"), 3, setting.message);
    }

    @Test
    void aUrlWithoutADatabaseIsAConfigurationError() {
        assertFails(
                with("SOURCE_URL", "jdbc:mysql://127.0.0.1:3306/"), 2, ".*SOURCE_URL: the URL names no database; .*");
        assertFails(
                with("TARGET_URL", "jdbc:postgresql://127.0.0.1:5432/"),
                2,
                ".*TARGET_URL: the URL names no database; .*");
    }

    @Test
    void theRightPasswordIsUsed() {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.putAll(Map.of("TARGET_USER", "guarded", "TARGET_PASSWORD", PASSWORD, "TARGET_SCHEMA", "guarded"));

        JarRun run = JarRun.of(environment, "once", "code");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out() + run.err()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help-settings", "once --help-settings"})
    void helpOnSettingsNamesThem(String arguments) {
        JarRun help = JarRun.of(Map.of(), arguments.split(" "));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("SOURCE_URL", "TARGET_SCHEMA", "LOADER_PAGE_ROWS");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void helpOfTheProgramListsEveryCommandAndExitCode() {
        JarRun help = JarRun.of(Map.of(), "--help");

        assertThat(help.out())
                .contains("  run ", "  once ", "  status ", "  init ", "  replay ", "  demo ")
                .contains("  0 ", "  1 ", "  2 ", "  3 ");
    }

    @Test
    void versionIsThatOfTheBuild() {
        JarRun version = JarRun.of(Map.of(), "--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.out())
                .matches("postgres-loader \\d+\\.\\d+\\.\\d+\\S* \\(commit \\S+(, [-0-9]{10})?\\)\\RJava \\d+.*\\R");
    }

    @Test
    void anUnknownCommandOrOptionFails() {
        assertFails(JarRun.of(fixture.environment(), "onc"), 2, "(?s).*onc.*");
        assertFails(JarRun.of(fixture.environment(), "once", "--ful"), 2, "(?s).*--ful.*");
        assertFails(
                JarRun.of(fixture.environment(), "once", "nosuch"),
                2,
                "command line: TABLE: 'nosuch' is not in the table list; use a table of .*");
    }

    @Test
    void anUnwritableKeysFileFailsBeforeTheComparison() {
        assertFails(
                JarRun.of(fixture.environment(), "verify", "--keys", "target/nowhere/keys"),
                2,
                "target/nowhere/keys: --keys: the directory .* does not exist; create it, or name another file");
    }

    @Test
    void aMissingNamedSettingsFileFails() {
        assertFails(
                JarRun.of(fixture.environment(), "once", "--config", "target/none.properties"),
                2,
                "target/none\\.properties: file: no such file; create it, or name another file with --config");
    }

    @Test
    void aDirectoryWithoutRoutesIsAConfigurationError() {
        assertFails(with("ROUTES_DIR", "target/no-routes"), 2, ".*ROUTES_DIR: .*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "load-chunk|method: lock|method: look|load-chunk(.camel)?.yaml:16: route: bean 'chunk' has no method 'look'",
                "load-chunk|ref: chunk$|ref: chunks|load-chunk(.camel)?.yaml:[0-9]+: route: .*chunks.*",
                "errors|id: errors|id: error|load-table(.camel)?.yaml:1: route: there is no routeConfiguration 'errors'",
                "pull-page|uri: direct:pull-page|uri: direct:other|next-page(.camel)?.yaml:[0-9]+: route: .*sends to direct:pull-page, which no route consumes"
            })
    void aBrokenRouteFileIsNamedWithItsLine(String file, String good, String broken, String message)
            throws IOException {
        Path routes = Files.createTempDirectory(Files.createDirectories(Path.of("target", "routes")), "broken-");
        Path edited = ShippedRoutes.file(ShippedRoutes.copyTo(routes), file);
        Files.writeString(edited, Files.readString(edited).replaceFirst("(?m)" + good, broken));
        assertFails(with("ROUTES_DIR", routes.toString()), 2, ".*/" + message + ".*");
    }

    /** As a script finds it. */
    private static String cycle(JarRun once) {
        return once.out()
                .lines()
                .filter(line -> line.startsWith("cycle_id: "))
                .findFirst()
                .orElseThrow()
                .substring("cycle_id: ".length());
    }

    @Test
    void onceLoadsDueTablesAndPrintsASummary() {
        // The second load reads all rows again, also if the program took long to start.
        fixture.tables("visit: {incremental_columns: [Edited], skip_unchanged: false, lookback: 1h}\ncode:\n");
        JarRun first = JarRun.of(fixture.environment(), "once");
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("table +outcome +load +rows +inserted +.* reason"),
                        line -> assertThat(line).matches("visit +success +full +30 +30 +0 +0 +0 .* never loaded"),
                        line -> assertThat(line).matches("code +success +full +2 +2 +0 +0 +0 .* never loaded"),
                        line -> assertThat(line).matches("all 2 +32 +32 +0 +0 +0 .*"),
                        line -> assertThat(line).startsWith("cycle_id: "));
        assertThat(fixture.target()
                        .rows("SELECT table_name FROM raw.etl_table_metrics WHERE cycle_id = '" + cycle(first)
                                + "' ORDER BY 1"))
                .containsExactly("code", "visit");

        JarRun named = JarRun.of(fixture.environment(), "once", "visit");
        assertThat(named.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("table "),
                        line -> assertThat(line).matches("visit +success +incremental +30 +0 +0 +30 .*"),
                        line -> assertThat(line).startsWith("all 1 "),
                        line -> assertThat(line).startsWith("cycle_id: ").isNotEqualTo("cycle_id: " + cycle(first)));

        JarRun full = JarRun.of(fixture.environment(), "once", "--full", "visit", "visit");
        assertThat(full.out()).containsPattern("\nall 1 ");
        assertThat(full.out()).containsPattern("visit +success +full +30 +0 +0 +30 .* asked for");
        assertThat(fixture.target().rows("SELECT \"Id\" FROM raw.visit ORDER BY 1"))
                .isEqualTo(fixture.source().rows("SELECT Id FROM visit ORDER BY 1"));

        JarRun replay = JarRun.of(fixture.environment(), "replay");
        assertThat(replay.exitCode()).as(replay.toString()).isZero();
        assertThat(replay.out()).isEqualToIgnoringNewLines("No open dead letters.");
    }

    private JarRun with(String variable, String value) {
        Map<String, String> environment = new HashMap<>(fixture.environment());
        environment.put(variable, value);
        return JarRun.of(environment, "once");
    }

    private static void assertFails(JarRun run, int exitCode, String message) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip()).matches(message);
        assertThat(run.err()).doesNotContain("Exception", "\tat ", PASSWORD);
    }
}
