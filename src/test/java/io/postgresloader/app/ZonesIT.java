package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.demo.EmbeddedMariaDb;
import io.postgresloader.model.LoadType;
import io.postgresloader.testing.TestServers;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source servers in other zones than UTC, and the loader in a third one. */
class ZonesIT {
    private static final String TABLE =
            """
            CREATE TABLE visit (id bigint NOT NULL PRIMARY KEY, v int NOT NULL DEFAULT 0,
              at datetime NOT NULL DEFAULT '2001-01-01', day date NOT NULL DEFAULT '2001-01-01',
              edited timestamp NOT NULL DEFAULT '2001-01-02') ENGINE=MyISAM""";

    private static TimeZone zoneBefore;
    private LoaderFixture fixture;

    @BeforeAll
    static void theLoaderIsInAThirdZone() {
        zoneBefore = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
    }

    @AfterAll
    static void restore() {
        TimeZone.setDefault(zoneBefore);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MST7MDT,M3.2.0,M11.1.0", "IST-5:30", "NZST-12NZDT,M9.5.0,M4.1.0/3"})
    void changesAreFoundByEachKindOfClock(String zone) throws InterruptedException {
        fixture = on(zone, "at, day, edited");
        fixture.load("visit");

        for (String change : List.of("at = NOW()", "day = CURDATE()", "edited = NOW()")) {
            fixture.source().execute("UPDATE visit SET v = v + 1, " + change + " WHERE id = 3");
            assertThat(fixture.load("visit").type()).contains(LoadType.INCREMENTAL);
            assertEqualRows();
            // The change leaves the lookback, so that the next one is found by its own clock alone.
            fixture.source().execute("UPDATE visit SET at = '2001-01-01', day = '2001-01-01', edited = '2001-01-02'");
            Thread.sleep(1500);
        }
    }

    @Test
    void watermarksAreInTheClockOfTheirColumn() {
        fixture = on("MST7MDT,M3.2.0,M11.1.0", "at, day, edited");
        fixture.load("visit");

        LocalDateTime wall = LocalDateTime.parse(fixture.source().value("SELECT REPLACE(NOW(), ' ', 'T')"));
        LocalDateTime utc = LocalDateTime.now(ZoneOffset.UTC);
        assertThat(watermark("at")).isBetween(wall.minusMinutes(1), wall.plusSeconds(1));
        assertThat(watermark("day")).isBetween(wall.minusMinutes(1), wall.plusSeconds(1));
        assertThat(watermark("edited")).isBetween(utc.minusMinutes(1), utc.plusSeconds(1));
        assertThat(Duration.between(wall, utc).abs()).isGreaterThan(Duration.ofHours(5));
    }

    @Test
    void aZoneThatIsSetGoesBeforeTheServersOwn() {
        fixture = on("UTC0", "at").set("SOURCE_TIME_ZONE", "Asia/Tokyo");
        fixture.load("visit");

        LocalDateTime tokyo = LocalDateTime.now(ZoneOffset.ofHours(9));
        assertThat(watermark("at")).isBetween(tokyo.minusMinutes(1), tokyo.plusSeconds(1));
    }

    /** The zone's rule puts the change into this minute: the nights come twice a year, tests more often. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void nothingIsLostInANightOfAClockChange(int jumpHours) throws InterruptedException {
        fixture = on(zoneThatChangesIn(12, jumpHours), "at");
        fixture.load("visit");
        LocalDateTime before = wallClock();
        boolean jumped = false;
        int id = 0;
        for (int second = 0; second < 45 && id < 18; second++) {
            jumped |= Duration.between(before, wallClock()).abs().compareTo(Duration.ofMinutes(30)) > 0;
            // A few rows before the jump, and a dozen after it.
            id = jumped ? Math.max(id, 5) + 1 : Math.min(id + 1, 5);
            fixture.source().execute("UPDATE visit SET v = v + 1, at = NOW() WHERE id = " + id);
            fixture.load("visit");
            Thread.sleep(1000);
        }
        fixture.load("visit");

        assertThat(jumped).isTrue();
        assertEqualRows();
    }

    private LoaderFixture on(String zone, String cursors) {
        EmbeddedMariaDb server = TestServers.startMariaDb(zone);
        LoaderFixture created = new LoaderFixture(server);
        created.source().execute(TABLE, "INSERT INTO visit (id) SELECT seq FROM seq_1_to_30");
        return created.tables("visit: {incremental_columns: [" + cursors + "], lookback: 1s}");
    }

    private LocalDateTime watermark(String column) {
        return LocalDateTime.parse(fixture.status("visit", "watermarks -> 'cursors' ->> '" + column + "'"));
    }

    private LocalDateTime wallClock() {
        return LocalDateTime.parse(fixture.source().value("SELECT REPLACE(NOW(), ' ', 'T')"));
    }

    private void assertEqualRows() {
        String rows = "SELECT id, v FROM visit ORDER BY id";
        assertThat(fixture.target().rows(rows.replace("visit", "raw.visit")))
                .isEqualTo(fixture.source().rows(rows));
    }

    /** A POSIX rule by which the wall clock jumps in some seconds, once: to summer time (1) or back from it (-1). */
    private static String zoneThatChangesIn(int seconds, int jumpHours) {
        LocalDateTime utc = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(seconds);
        // Standard time is seven hours behind UTC, summer time six; a rule counts on the wall clock before it.
        LocalDateTime wall = utc.minusHours(jumpHours > 0 ? 7 : 6);
        String now = "J" + julian(wall) + "/" + wall.getHour() + ":" + wall.getMinute() + ":" + wall.getSecond();
        String otherHalf = "J" + julian(wall.plusDays(180));
        return jumpHours > 0 ? "AAA7BBB," + now + "," + otherHalf : "AAA7BBB," + otherHalf + "," + now;
    }

    /** POSIX's J day: 29 February is never counted. */
    private static int julian(LocalDateTime time) {
        return time.getDayOfYear() - (time.toLocalDate().isLeapYear() && time.getMonthValue() > 2 ? 1 : 0);
    }
}
