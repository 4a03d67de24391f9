package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source's horizon on its two clocks: UTC for TIMESTAMP columns, the wall clock of the source's zone for
 * DATETIME and DATE columns. The server itself converts between the two, since only it knows what the zone SYSTEM
 * means.
 */
public final class SourceClock {
    /** Fortnights: the shortest daylight-saving rule there is (Morocco's, around Ramadan) lasts four weeks. */
    private static final int PROBES = 27;

    private static final Logger LOG = LoggerFactory.getLogger(SourceClock.class);

    private final Source source;
    private final OpenWork openWork;
    private final Replication replication;
    private final Set<String> warned = new HashSet<>();

    public SourceClock(Source source) {
        this.source = source;
        this.openWork = new OpenWork(source);
        this.replication = new Replication(source);
    }

    /** The source's clock in UTC, in whole seconds before MySQL 5.6.4. */
    public LocalDateTime now() {
        return source.jdbc()
                .sql("SELECT UTC_TIMESTAMP(/*!50604 6 */)")
                .query(LocalDateTime.class)
                .single();
    }

    /**
     * Reads the clocks, and then the work that was open when they were read, or a moment before. The notes name what
     * could
     * not be found out; each note is logged once.
     */
    public ClockReading read() {
        Reading reading =
                source.jdbc().sql(clockSql()).query(SourceClock::reading).single();
        Offsets offsets = source.zone().map(z -> Offsets.of(z, reading.utc)).orElse(reading.offsets);
        OpenWork.Ages open = openWork.read(reading.utc);
        ServerVariables server = ServerVariables.read(source);
        Replication.Following following = replication.read(server);
        List<String> notes = new ArrayList<>(open.notes());
        notes.addAll(following.notes());
        notes.forEach(this::warnOnce);
        return new ClockReading(
                reading.utc,
                Duration.ofMinutes(offsets.now()),
                offsets.jump(),
                open.transaction()
                        .map(age -> age.isZero() ? age : age.plus(doubt(reading.offsets)))
                        .map(open.ago()::plus),
                open.statement().plus(open.ago()),
                open.complete(),
                following.lag(),
                server.identity(),
                notes);
    }

    /** In the hours around a clock change, a transaction's start names a time that occurred twice, or never. */
    private static Duration doubt(Offsets offsets) {
        return offsets.justChanged() ? offsets.jump() : Duration.ZERO;
    }

    private synchronized void warnOnce(String note) {
        if (warned.add(note)) {
            LOG.warn("{}", note);
        }
    }

    private static Reading reading(ResultSet row, int rowNumber) throws SQLException {
        int[] minutes = new int[PROBES];
        for (int probe = 0; probe < PROBES; probe++) {
            minutes[probe] = row.getInt("offset_" + probe);
        }
        return new Reading(
                row.getObject("utc", LocalDateTime.class), new Offsets(minutes, row.getInt("offset_yesterday")));
    }

    /** One statement, so that all its clocks show the same moment: before MySQL 5.6.4, in whole seconds. */
    private static String clockSql() {
        return "SELECT UTC_TIMESTAMP(/*!50604 6 */) AS utc, "
                + offset("1 DAY") + " AS offset_yesterday, "
                + IntStream.range(0, PROBES)
                        .mapToObj(i -> offset(2 * i + " WEEK") + " AS offset_" + i)
                        .collect(Collectors.joining(", "));
    }

    private static String offset(String ago) {
        String utc = "UTC_TIMESTAMP() - INTERVAL " + ago;
        return "TIMESTAMPDIFF(MINUTE, " + utc + ", CONVERT_TZ(" + utc + ", '+00:00', @@global.time_zone))";
    }

    private record Reading(LocalDateTime utc, Offsets offsets) {}

    /**
     * How far a zone's wall clock is ahead of UTC.
     *
     * @param minutes now and at each fortnight of the last year, newest first
     * @param yesterday a day ago
     */
    private record Offsets(int[] minutes, int yesterday) {
        static Offsets of(ZoneId zone, LocalDateTime utc) {
            return new Offsets(
                    IntStream.range(0, PROBES)
                            .map(i -> minutes(zone, utc.minusWeeks(2L * i)))
                            .toArray(),
                    minutes(zone, utc.minusDays(1)));
        }

        private static int minutes(ZoneId zone, LocalDateTime utc) {
            Instant instant = utc.toInstant(ZoneOffset.UTC);
            return zone.getRules().getOffset(instant).getTotalSeconds() / 60;
        }

        int now() {
            return minutes[0];
        }

        boolean justChanged() {
            return now() != yesterday;
        }

        Duration jump() {
            int least = IntStream.of(minutes).min().orElseThrow();
            int greatest = IntStream.of(minutes).max().orElseThrow();
            return Duration.ofMinutes((long) greatest - least);
        }
    }
}
