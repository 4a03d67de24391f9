package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.Rows;
import io.postgresloader.testing.TestServers;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The source's server lives in one time zone and the loader in another. A clock that is mistaken for the other one runs
 * hours ahead on one side of Greenwich, and edits are lost; on the other side it runs behind, and old rows are read.
 */
class ZonesIT {
    private static final String DENVER = "MST7MDT,M3.2.0,M11.1.0";
    private static final String KOLKATA = "IST-5:30";
    private static final String AUCKLAND = "NZST-12NZDT,M9.5.0,M4.1.0/3";

    private static final int CYCLES = 3;

    private static final Map<String, SourceServer> SERVERS = new HashMap<>();
    private static final TimeZone ZONE_BEFORE = TimeZone.getDefault();

    private LoaderFixture fixture;

    /**
     * A table for each type that a cursor column can have.
     *
     * @param longAgo below any lookback, and above a watermark of the wrong clock
     * @param clock what the source calls the clock that the column is written by
     * @param sourceText a value as the source shows it in any zone of the session
     * @param targetText the same as the target shows it
     */
    private record Case(String type, String longAgo, String clock, String sourceText, String targetText) {
        String table() {
            return "by_" + type.toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("DATETIME", "3 HOUR", "NOW(6)", "CAST(Edited AS char)", "\"Edited\"::text"),
            new Case("DATE", "3 DAY", "NOW(6)", "CAST(Edited AS char)", "\"Edited\"::text"),
            new Case(
                    "TIMESTAMP",
                    "3 HOUR",
                    "UTC_TIMESTAMP(6)",
                    "UNIX_TIMESTAMP(Edited)",
                    "extract(epoch FROM \"Edited\")::bigint"));

    @BeforeAll
    static void liveInAThirdZone() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
    }

    @AfterAll
    static void stop() {
        TimeZone.setDefault(ZONE_BEFORE);
        SERVERS.values().forEach(SourceServer::close);
        SERVERS.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {DENVER, KOLKATA, AUCKLAND})
    void eachCursorUsesTheClockOfItsColumn(String zone) {
        fixture = new LoaderFixture(server(zone));
        create(CASES, "SYSTEM");

        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            for (Case one : CASES) {
                edit(one, cycle, "SYSTEM");
                String before = fixture.source().value("SELECT " + one.clock);
                LoadResult result = fixture.load(one.table());

                assertOnlyChangesRead(result, cycle);
                assertSameRows(one);
                assertWatermarkBetween(one, before, fixture.source().value("SELECT " + one.clock));
            }
        }
    }

    /** The practice's program may write the clock of another zone than the server's. */
    @ParameterizedTest
    @CsvSource({KOLKATA + ", America/Denver", KOLKATA + ", Pacific/Auckland", "UTC0, America/Denver"})
    void aConfiguredZoneOverridesThatOfTheServer(String serverZone, String writersZone) {
        fixture = new LoaderFixture(server(serverZone));
        fixture.set("SOURCE_TIME_ZONE", writersZone);
        String offset =
                ZoneId.of(writersZone).getRules().getOffset(Instant.now()).getId();
        create(CASES, offset);

        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            for (Case one : CASES) {
                edit(one, cycle, offset);

                assertOnlyChangesRead(fixture.load(one.table()), cycle);
                assertSameRows(one);
            }
        }
    }

    /** Without transactions the key arm covers no row that has been loaded: edits show by the cursor alone. */
    private void create(List<Case> cases, String zone) {
        StringBuilder tables = new StringBuilder();
        for (Case one : cases) {
            fixture.source()
                    .execute(
                            "SET time_zone = '" + zone + "'",
                            "CREATE TABLE " + one.table() + " (Id int NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                                    + " Note varchar(20) NOT NULL, Edited " + one.type + " NOT NULL) ENGINE=MyISAM",
                            "INSERT INTO " + one.table() + " (Note, Edited) SELECT 'old', NOW() - INTERVAL "
                                    + one.longAgo + " FROM seq_1_to_50");
            tables.append(one.table()).append(": {incremental_columns: [Edited], lookback: 1s}\n");
        }
        fixture.tables(tables.toString());
        cases.forEach(
                one -> assertThat(fixture.load(one.table()).type()).as(one.type).contains(LoadType.FULL));
    }

    private void edit(Case one, int row, String zone) {
        fixture.source()
                .execute(
                        "SET time_zone = '" + zone + "'",
                        "UPDATE " + one.table() + " SET Note = 'edited', Edited = NOW() WHERE Id = " + row,
                        "INSERT INTO " + one.table() + " (Note, Edited) VALUES ('new', NOW())");
    }

    /** Two rows change in each cycle; those of earlier cycles may still be within the lookback. */
    private static void assertOnlyChangesRead(LoadResult result, int cycle) {
        assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.SUCCESS);
        assertThat(result.type()).as(result.toString()).contains(LoadType.INCREMENTAL);
        assertThat(result.counts().inserted()).as(result.toString()).isEqualTo(1);
        assertThat(result.counts().updated()).as(result.toString()).isEqualTo(1);
        assertThat(result.counts().pulled()).as(result.toString()).isBetween(2L, 2L * cycle);
    }

    private void assertSameRows(Case one) {
        Rows.assertSame(
                fixture.target().rows("SELECT \"Id\", \"Note\", " + one.targetText + " FROM raw." + one.table()),
                fixture.source().rows("SELECT Id, Note, " + one.sourceText + " FROM " + one.table()));
    }

    /** A minute, as someone else's statement that is open holds the watermark back. */
    private void assertWatermarkBetween(Case one, String before, String after) {
        assertThat(fixture.status(
                        one.table(),
                        "(watermarks -> 'cursors' ->> 'Edited')::timestamp BETWEEN timestamp '" + before
                                + "' - interval '1 minute' AND timestamp '" + after + "'"))
                .as(fixture.status(one.table(), "watermarks") + " between " + before + " and " + after)
                .isEqualTo("t");
    }

    private static SourceServer server(String zone) {
        return SERVERS.computeIfAbsent(zone, TestServers::startSource);
    }
}
