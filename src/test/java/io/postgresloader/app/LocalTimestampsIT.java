package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult;
import io.postgresloader.testing.JarRun;
import io.postgresloader.testing.Sampled;
import io.postgresloader.testing.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIMESTAMP columns as the wall clock of the practice, as loaders store them that set no zone for their session. */
class LocalTimestampsIT {
    private static final String DENVER = "MST7MDT,M3.2.0,M11.1.0";
    private static final String KOLKATA = "IST-5:30";

    private static final int ROWS = 2_000;
    private static final Map<String, SourceServer> SERVERS = new HashMap<>();

    /** Before the clocks of Denver change in 2025, in UTC; rows follow every ten minutes. */
    private static final List<String> NIGHTS = List.of("2025-03-09 08:00:00", "2025-11-02 06:00:00");

    private LoaderFixture fixture;

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(SourceServer::close);
        SERVERS.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @Sampled(oneOf = 2)
    @CsvSource({"'" + DENVER + "', America/Denver", KOLKATA + ", Asia/Kolkata"})
    void anAdoptionKeepsTheWallClock(String serverZone, String zone) {
        practice(serverZone, zone);
        copyAsTheServerPrints();
        String before = lastWritten();

        LoadResult first = fixture.load("adjustment");

        assertThat(first.outcome()).as(first.toString()).isEqualTo(LoadResult.Outcome.SUCCESS);
        assertThat(fixture.target()
                        .rows("SELECT load_type, rows_equal, rows_different FROM raw.etl_table_metrics"
                                + " WHERE load_type = 'adopt' ORDER BY id DESC LIMIT 1"))
                .containsExactly("adopt|" + total() + "|0");
        assertThat(lastWritten()).isEqualTo(before);
        assertLocal();
    }

    @ParameterizedTest
    @Sampled(oneOf = 2)
    @CsvSource({"'" + DENVER + "', America/Denver", KOLKATA + ", Asia/Kolkata"})
    void laterLoadsComparisonsAndRepairsKeepIt(String serverZone, String zone) {
        practice(serverZone, zone);
        copyAsTheServerPrints();
        fixture.load("adjustment");

        fixture.source()
                .execute(
                        "UPDATE adjustment SET Note = 'edited' WHERE AdjNum % 500 = 0",
                        "INSERT INTO adjustment (Note, SecDateTEntry) VALUES ('new', NOW())");
        LoadResult next = fixture.load("adjustment");
        assertThat(next.counts().inserted()).as(next.toString()).isEqualTo(1);
        assertLocal();
        fixture.target()
                .execute(
                        "UPDATE raw.adjustment SET \"SecDateTEdit\" = \"SecDateTEdit\" + interval '7 hours'"
                                + " WHERE \"AdjNum\" % 10 = 0",
                        "DELETE FROM raw.adjustment WHERE \"AdjNum\" % 100 = 1");
        var repaired = fixture.repair("adjustment");
        assertThat(repaired.before().different()).isEqualTo(ROWS / 10 + 4);
        assertThat(repaired.after().proven()).as(repaired.toString()).isTrue();
        assertLocal();
    }

    @Test
    void aFreshTableHoldsTheWallClockIfConfigured() {
        practice(DENVER, "America/Denver");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables("adjustment: {timestamps: local}\n");

        assertThat(fixture.load("adjustment").counts().inserted()).isEqualTo(total());
        assertLocal();
        assertThat(fixture.repair("adjustment").before().proven()).isTrue();
    }

    @Test
    void aFreshTableHoldsUtcOtherwise() {
        practice(DENVER, "America/Denver");
        fixture.target().execute("CREATE SCHEMA raw");

        fixture.load("adjustment");
        assertUtc();
    }

    /** The instant: a value with a zone has no clock to choose. */
    @ParameterizedTest
    @Sampled(oneOf = 2)
    @CsvSource({"timestamp with time zone", "timestamptz", "timestamptz(0)", "timestamp(3) with time zone"})
    void aTimestampWithTimeZoneHoldsTheInstant(String type) {
        practice(DENVER, "America/Denver");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables("adjustment: {timestamps: local, column_types: {SecDateTEdit: " + type + "}}\n");

        LoadResult load = fixture.load("adjustment");
        assertThat(load.counts().inserted()).as(load.toString()).isEqualTo(total());
        assertThat(fixture.target()
                        .rows("SELECT \"AdjNum\", extract(epoch FROM \"SecDateTEdit\")::bigint FROM raw.adjustment"
                                + " ORDER BY 1"))
                .isEqualTo(fixture.source()
                        .rows("SELECT AdjNum, UNIX_TIMESTAMP(SecDateTEdit) FROM adjustment ORDER BY 1"));
        assertThat(fixture.repair("adjustment").before().proven()).isTrue();
    }

    @Test
    void anotherClockOfALoadedTableNeedsConsent() {
        practice(DENVER, "America/Denver");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.load("adjustment");

        fixture.tables("adjustment: {timestamps: local}\n");
        fixture.source().execute("UPDATE adjustment SET Note = 'edited' WHERE AdjNum = 5");
        assertThat(fixture.load("adjustment").failure().orElseThrow().message())
                .startsWith("table adjustment: the values of SecDateTEdit are stored in UTC, and timestamps: local (")
                .endsWith(
                        ".yml:1) asks for the wall clock of America/Denver; set timestamps: utc, or rewrite them with:"
                                + " once adjustment --accept");
        assertThat(fixture.target().count("SELECT count(*) FROM raw.adjustment WHERE \"Note\" = 'edited'"))
                .isZero();

        fixture.stop();
        JarRun accepted = JarRun.of(fixture.environment(), "once", "adjustment", "--accept");
        assertThat(accepted.exitCode()).as(accepted.out()).isZero();
        assertThat(accepted.out()).contains("clock of SecDateTEdit changed");
        assertLocal();
        assertThat(fixture.repair("adjustment").before().proven()).isTrue();

        fixture.set("SOURCE_TIME_ZONE", "America/Chicago");
        fixture.source().execute("UPDATE adjustment SET Note = 'edited' WHERE AdjNum = 6");
        assertThat(fixture.load("adjustment").failure().orElseThrow().message())
                .contains("stored on the wall clock of America/Denver, and SOURCE_TIME_ZONE asks for the wall clock of"
                        + " America/Chicago; set SOURCE_TIME_ZONE=America/Denver");
    }

    /** The warehouse is in local time, and its users want UTC. */
    @Test
    void utcByChoiceStopsUntilAccepted() {
        practice(DENVER, "America/Denver");
        copyAsTheServerPrints();
        String before = lastWritten();
        fixture.tables("adjustment: {timestamps: utc}\n");

        assertThat(fixture.load("adjustment").failure().orElseThrow().message())
                .isEqualTo("table adjustment: its adoption would rewrite 2,048 of 2,048 rows, since the values of"
                        + " SecDateTEdit in the target are in another time zone; set timestamps or SOURCE_TIME_ZONE to the"
                        + " clock that they show, or rewrite them with: once adjustment --accept");
        assertThat(lastWritten()).isEqualTo(before);

        fixture.stop();
        JarRun accepted = JarRun.of(fixture.environment(), "once", "adjustment", "--accept");
        assertThat(accepted.exitCode()).as(accepted.out() + accepted.err()).isZero();
        assertUtc();
        assertThat(fixture.repair("adjustment").before().proven()).isTrue();
    }

    @Test
    void aZoneWithoutANameStopsTheAdoption() {
        practice(DENVER, "");
        copyAsTheServerPrints();
        String before = lastWritten();

        assertThat(fixture.load("adjustment").failure().orElseThrow().message())
                .contains("the values of SecDateTEdit in the target are in another time zone; set timestamps or"
                        + " SOURCE_TIME_ZONE");
        assertThat(lastWritten()).isEqualTo(before);
        fixture.set("SOURCE_TIME_ZONE", "America/Denver");
        assertThat(fixture.load("adjustment").failure()).isEmpty();
        assertThat(lastWritten()).isEqualTo(before);
    }

    @Test
    void planSaysWhatTheSampleShowed() {
        practice(DENVER, "America/Denver");
        copyAsTheServerPrints();
        for (String before : List.of("plan", "init")) {
            JarRun.of(fixture.environment(), before);
            JarRun plan = JarRun.of(fixture.environment(), "plan");
            assertThat(plan.exitCode()).isZero();
            assertThat(plan.out())
                    .contains("2,000 of 2,000 sampled values of SecDateTEdit are in local time (America/Denver)");
        }
    }

    @Test
    void initSaysWhatTheSampleShowed() {
        practice(DENVER, "America/Denver");
        copyAsTheServerPrints();
        for (String[] init : new String[][] {{"init", "--sql"}, {"init"}}) {
            assertThat(JarRun.of(fixture.environment(), init).out())
                    .contains("adjustment: 2,000 of 2,000 sampled values of SecDateTEdit are in local time"
                            + " (America/Denver)");
        }
    }

    @Test
    void initWritesTheClockIntoTheTableListOnRequest() {
        practice(DENVER, "America/Denver");
        copyAsTheServerPrints();
        JarRun init = JarRun.of(fixture.environment(), "init", "--save-clocks");

        assertThat(init.exitCode()).as(init.toString()).isZero();
        assertThat(init.out()).contains("Added timestamps: local to 1 tables in ");
        assertThat(Path.of(fixture.environment().get("TABLES_FILE")))
                .content()
                .isEqualTo("adjustment:\n  timestamps: local\n");
        assertThat(fixture.load("adjustment").failure()).isEmpty();
        assertLocal();
    }

    @Test
    void verifyBeforeAnAdoptionWritesNothing() {
        practice(DENVER, "America/Denver");
        copyAsTheServerPrints();
        String before = lastWritten();

        JarRun verify = JarRun.of(fixture.environment(), "verify");
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).containsPattern("adjustment +equal +" + total() + " +0 +0 +0");
        assertThat(fixture.target().rows("SELECT tablename FROM pg_tables WHERE schemaname = 'raw'"))
                .containsExactly("adjustment");

        JarRun.of(fixture.environment(), "init");
        fixture.source().execute("UPDATE adjustment SET Note = 'edited' WHERE AdjNum = 5");
        JarRun again = JarRun.of(fixture.environment(), "verify");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).containsPattern("adjustment +differs +" + (total() - 1) + " +0 +1 +0");
        assertThat(lastWritten()).isEqualTo(before);
    }

    /** As version 0.1.0 recorded it: without any clock. */
    @Test
    void aWarehouseOfAnEarlierVersionStaysInUtc() {
        practice(DENVER, "America/Denver");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.load("adjustment");
        assertThat(fixture.target().value("SELECT schema::text FROM raw.etl_schema_version"))
                .doesNotContain("wallClock");

        fixture.source().execute("UPDATE adjustment SET Note = 'edited' WHERE AdjNum % 100 = 0");
        fixture.load("adjustment");
        assertUtc();
        assertThat(fixture.target().count("SELECT count(*) FROM raw.etl_schema_version"))
                .isEqualTo(1);
    }

    @Test
    void aTimestampInAKeyCannotBeLocal() {
        practice(DENVER, "America/Denver");
        fixture.source().execute("CREATE TABLE log (At timestamp NOT NULL, Id int NOT NULL, PRIMARY KEY (At, Id))");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables("log: {column_policies: {At: {timestamps: local}}}\n");

        assertThat(fixture.load("log").failure().orElseThrow().message())
                .startsWith("table log: timestamps: local (")
                .endsWith(".yml:1) is not allowed for At, a column of the unique key (At, Id): the hour that the clock"
                        + " repeats in autumn would make two keys one; set it to utc in column_policies: {At:"
                        + " {timestamps: utc}}");
    }

    /** The option of the table, as {@code init --save-clocks} writes it, or of all tables. */
    @ParameterizedTest
    @ValueSource(strings = {"defaults:\n  timestamps: local\nlog:\n", "log: {timestamps: local}\n"})
    void localOfATableSkipsItsKeys(String tables) {
        practice(DENVER, "America/Denver");
        fixture.source()
                .execute(
                        "CREATE TABLE log (At timestamp NOT NULL, Id int NOT NULL, Edited timestamp NULL,"
                                + " PRIMARY KEY (At, Id))",
                        "SET time_zone = '+00:00'",
                        "INSERT INTO log VALUES ('2025-01-02 10:00:00', 1, '2025-01-02 10:00:00')");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables(tables);

        LoadResult load = fixture.load("log");

        assertThat(load.failure()).as(load.toString()).isEmpty();
        assertThat(fixture.target().rows("SELECT \"At\"::text, \"Edited\"::text FROM raw.log"))
                .containsExactly("2025-01-02 10:00:00|2025-01-02 03:00:00");
    }

    /** PostgreSQL converts by the zone of the session, which is not that of the values. */
    @Test
    void aColumnThatBecomesAnInstantAndBackIsLoadedAgain() {
        practice(DENVER, "America/Denver");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables("adjustment: {timestamps: local}\n");
        fixture.load("adjustment");

        fixture.target()
                .execute("ALTER TABLE raw.adjustment ALTER \"SecDateTEdit\" TYPE timestamptz"
                        + " USING \"SecDateTEdit\" AT TIME ZONE 'UTC'");
        assertThat(fixture.load("adjustment").reason()).contains("time zone of SecDateTEdit changed");
        assertUtc();
        fixture.target()
                .execute("ALTER TABLE raw.adjustment ALTER \"SecDateTEdit\" TYPE timestamp"
                        + " USING \"SecDateTEdit\" AT TIME ZONE 'UTC'");
        assertThat(fixture.load("adjustment").reason()).contains("time zone of SecDateTEdit changed");
        assertLocal();
    }

    /** Its SYSTEM zone has no name. */
    @Test
    void aServersZoneWithoutANameMustBeConfigured() {
        practice(DENVER, "");
        fixture.target().execute("CREATE SCHEMA raw");
        fixture.tables("adjustment: {timestamps: local}\n");

        assertThat(fixture.load("adjustment").failure().orElseThrow().message())
                .isEqualTo(
                        "table adjustment: timestamps: local needs the name of the source's time zone, and the server"
                                + " only says SYSTEM (MST or MDT); set SOURCE_TIME_ZONE, for example to America/Denver"
                                        .replace("MST or MDT", fixture.source().value("SELECT @@system_time_zone")));
    }

    /** A row every four hours for a year, and every ten minutes in the nights in which Denver's clocks change. */
    private void practice(String serverZone, String zone) {
        fixture = new LoaderFixture(SERVERS.computeIfAbsent(serverZone, TestServers::startSource));
        fixture.set("SOURCE_TIME_ZONE", zone);
        fixture.source()
                .execute(
                        "SET time_zone = '+00:00'",
                        "CREATE TABLE adjustment (AdjNum bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, Note varchar(20),"
                                + " SecDateTEntry datetime, SecDateTEdit timestamp NOT NULL DEFAULT current_timestamp()"
                                + " ON UPDATE current_timestamp()) ENGINE=MyISAM",
                        "INSERT INTO adjustment SELECT seq, CONCAT('n', seq), NULL, '2025-01-01 15:17:05' + INTERVAL"
                                + " 4 * seq HOUR FROM seq_1_to_" + ROWS);
        NIGHTS.forEach(night -> fixture.source()
                .execute(
                        "SET time_zone = '+00:00'",
                        "INSERT INTO adjustment (Note, SecDateTEdit) SELECT 'night', '" + night
                                + "' + INTERVAL 10 * seq MINUTE FROM seq_0_to_23"));
        fixture.source().execute("UPDATE adjustment SET SecDateTEntry = SecDateTEdit, SecDateTEdit = SecDateTEdit");
        fixture.tables("adjustment:\n");
    }

    private static long total() {
        return ROWS + 24L * NIGHTS.size();
    }

    /** As a session without a zone reads it, and as the Python job wrote it. */
    private void copyAsTheServerPrints() {
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE TABLE raw.adjustment (\"AdjNum\" bigint PRIMARY KEY, \"Note\" text,"
                                + " \"SecDateTEntry\" timestamp, \"SecDateTEdit\" timestamp)");
        List<String> rows = new ArrayList<>(fixture.source()
                .rows("SELECT AdjNum, Note, SecDateTEntry, CAST(SecDateTEdit AS char) FROM adjustment"));
        fixture.target()
                .execute("INSERT INTO raw.adjustment VALUES "
                        + rows.stream()
                                .map(row -> "('" + row.replace("|", "', '") + "')")
                                .collect(Collectors.joining(", ")));
    }

    private void assertLocal() {
        assertThat(fixture.target()
                        .rows("SELECT \"AdjNum\", \"Note\", \"SecDateTEdit\"::text FROM raw.adjustment ORDER BY 1"))
                .isEqualTo(fixture.source()
                        .rows("SELECT AdjNum, Note, CAST(SecDateTEdit AS char) FROM adjustment ORDER BY 1"));
    }

    private void assertUtc() {
        assertThat(fixture.target()
                        .rows("SELECT \"AdjNum\", extract(epoch FROM \"SecDateTEdit\")::bigint FROM raw.adjustment"
                                + " ORDER BY 1"))
                .isEqualTo(fixture.source()
                        .rows("SELECT AdjNum, UNIX_TIMESTAMP(SecDateTEdit) FROM adjustment ORDER BY 1"));
    }

    private String lastWritten() {
        return fixture.target().value("SELECT max(xmin::text::bigint) FROM raw.adjustment");
    }
}
