package io.postgresloader.load.schema;

import io.postgresloader.model.Column;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.ValuePolicies.Timestamps;
import io.postgresloader.type.CellForm;
import io.postgresloader.type.WallClock;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out from a sample how another loader wrote a table: in which clock its TIMESTAMP columns are, and what it made of
 * other values. What is the same in many rows is reported once, and is not repaired row by row.
 */
final class AdoptionSurvey {
    /** Rows that were deleted in the source since the other loader wrote them are a smaller part of a table. */
    private static final int FOREIGN_PERCENT = 50;

    private static final int FEW_FOREIGN = 100;

    private final SourceTable source;
    private final SampledRows sample;
    private final Map<String, Map<RewriteReason, Integer>> reasons = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();

    AdoptionSurvey(SourceTable source, SampledRows sample) {
        this.source = source;
        this.sample = sample;
    }

    /** Whether there is nothing to find anything out from. */
    boolean isEmpty() {
        return sample.pairs().isEmpty();
    }

    /**
     * The clock of the values of each column, as far as the sample shows it.
     *
     * @param columns the columns that have a clock
     * @param zone the zone of the wall clock
     */
    Map<String, Timestamps> clocks(List<String> columns, ZoneId zone) {
        Map<String, Timestamps> clocks = new HashMap<>();
        WallClock wallClock = new WallClock(zone);
        for (String column : columns) {
            int place = source.columnNames().indexOf(column);
            int utc = 0;
            int local = 0;
            int shown = 0;
            for (SampledRows.Pair pair : sample.pairs()) {
                String inUtc = pair.source().get(place);
                String onWallClock = onWallClock(wallClock, inUtc);
                String found = pair.target().get(place);
                if (!inUtc.equals(onWallClock) && !found.equals("\\N")) {
                    shown++;
                    utc += same(found, inUtc) ? 1 : 0;
                    local += same(found, onWallClock) ? 1 : 0;
                }
            }
            if (utc + local > 0) {
                clocks.put(column, local > utc ? Timestamps.LOCAL : Timestamps.UTC);
                findings.add(share(Math.max(local, utc), shown) + " sampled values of " + column + " are in "
                        + (local > utc ? "local time (" + zone + ")" : "UTC"));
            }
        }
        return clocks;
    }

    /**
     * Counts the differences that are the same in many rows.
     *
     * @param zones the zones of the columns that are stored on a wall clock
     * @param wanted the types that the columns will have, by name: a column that is widened is not printed as before
     */
    void compare(Map<String, ZoneId> zones, Map<String, String> wanted) {
        sample.types().forEach((name, type) -> {
            Column column = source.column(name).orElseThrow();
            int place = source.columns().indexOf(column);
            Optional<WallClock> wallClock = Optional.ofNullable(zones.get(name)).map(WallClock::new);
            CellForm form = type.equals(wanted.get(name)) ? CellForm.of(type) : CellForm.PLAIN;
            Map<RewriteReason, Integer> counts = new LinkedHashMap<>();
            for (SampledRows.Pair pair : sample.pairs()) {
                String utc = pair.source().get(place);
                String stored = wallClock.map(clock -> onWallClock(clock, utc)).orElse(utc);
                String found = pair.target().get(place);
                if (!form.equal(stored, found)) {
                    RewriteReason.of(column.dataType(), type, stored, found)
                            .ifPresent(reason -> counts.merge(reason, 1, Integer::sum));
                }
            }
            reasons.put(name, counts);
            counts.forEach((reason, rows) -> findings.add(
                    share(rows, sample.pairs().size()) + " sampled values of " + name + " " + reason.difference()));
        });
    }

    /** What the sample shows, one line for each column and reason. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /**
     * Why the adoption needs an operator's consent; empty if it needs none.
     *
     * @param maxRewrite the percentage of the rows that may be rewritten for one reason
     */
    Optional<String> obstacle(int maxRewrite) {
        int foreign = sample.sampled() - sample.pairs().size();
        if (exceeds(foreign, Math.max(FOREIGN_PERCENT, maxRewrite), sample.sampled()) && foreign > FEW_FOREIGN) {
            return Optional.of("table " + source.name() + ": " + share(foreign, sample.sampled())
                    + " sampled rows of the target have keys that the source does not have; check that source.url names"
                    + " the database that filled the table, and that the other loader stored its keys unchanged, or"
                    + " adopt the table with: once " + source.name() + " --accept");
        }
        for (Map.Entry<String, Map<RewriteReason, Integer>> column : reasons.entrySet()) {
            for (Map.Entry<RewriteReason, Integer> reason : column.getValue().entrySet()) {
                long rows = estimated(reason.getValue());
                if (exceeds(reason.getValue(), maxRewrite, sample.pairs().size())
                        && rows > reason.getKey().few()) {
                    return Optional.of(obstacle(column.getKey(), reason.getKey(), rows));
                }
            }
        }
        return Optional.empty();
    }

    private String obstacle(String column, RewriteReason reason, long rows) {
        return String.format(
                Locale.ROOT,
                "table %s: its adoption would rewrite %,d of %,d rows, since the values of %s in the target %s; %s, or"
                        + " rewrite them with: once %s --accept",
                source.name(),
                rows,
                total(),
                column,
                reason.difference(),
                reason.cure(),
                source.name());
    }

    private static boolean exceeds(int some, int percent, int all) {
        return some * 100L > (long) percent * all;
    }

    private long estimated(int rows) {
        return Math.round((double) rows * total() / sample.pairs().size());
    }

    private long total() {
        int pairs = sample.pairs().size();
        return sample.whole() ? pairs : Math.max(pairs, source.estimatedRows());
    }

    private static String share(int some, int all) {
        return String.format(Locale.ROOT, "%,d of %,d", some, all);
    }

    private static String onWallClock(WallClock clock, String utc) {
        return new String(clock.fromUtc(utc.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }

    /** PostgreSQL prints no trailing zeros of the fraction, and another loader may have cut it. */
    private static boolean same(String found, String wanted) {
        return found.equals(wanted) || seconds(found).equals(seconds(wanted));
    }

    private static String seconds(String time) {
        int point = time.indexOf('.');
        return point < 0 ? time : time.substring(0, point);
    }
}
