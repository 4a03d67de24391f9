package io.postgresloader.faults;

import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what etl_freshness claims and at the rows, in one snapshot, again and again; the ledger knows afterwards
 * whether a claim was true.
 */
final class FreshnessWatch implements AutoCloseable {
    private static final String CLAIM = "SELECT to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
            + " FROM raw.etl_freshness f JOIN raw.etl_load_status s USING (table_name) WHERE table_name = '%s'";

    /** The view hides it where comparisons are off, as they are for most faults. */
    private static final String COMPLETE = "CASE WHEN f.loaded_up_to IS NOT NULL THEN s.complete_up_to END";

    private final Database target;
    private final long everyMillis;
    private final List<Sample> samples = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "freshness");
    private volatile boolean over;

    /**
     * One look.
     *
     * @param tokens of the rows, by key
     * @param deadLetters the keys of open dead letters
     */
    private record Sample(
            StormTable table,
            Optional<Instant> loaded,
            Optional<Instant> complete,
            Map<String, String> tokens,
            Set<String> deadLetters) {}

    FreshnessWatch(Database target, long everyMillis) {
        this.target = target;
        this.everyMillis = everyMillis;
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the watch. */
    @Override
    public void close() {
        over = true;
        Pause.untilEnded(thread);
    }

    /** How often tables were said to be complete up to another time. */
    long completions() {
        return samples.stream()
                .flatMap(sample -> sample.complete.map(time -> sample.table + " " + time).stream())
                .distinct()
                .count();
    }

    /** What the ledger says against the claims; after the watch has ended. */
    List<String> refuted(Ledger ledger) {
        List<String> wrong = new ArrayList<>();
        for (Sample sample : samples) {
            sample.loaded.ifPresent(time -> check(sample, "loaded up to ", time, true, ledger, wrong));
            sample.complete.ifPresent(time -> check(sample, "complete up to ", time, false, ledger, wrong));
        }
        return wrong;
    }

    private static void check(
            Sample sample, String claim, Instant time, boolean visible, Ledger ledger, List<String> wrong) {
        Set<String> seeds = new HashSet<>();
        for (int i = 1; i <= StormTable.SEEDS; i++) {
            seeds.add(sample.table.seed(i).shown());
        }
        Set<String> keys = new HashSet<>(seeds);
        keys.addAll(ledger.keys(sample.table));
        keys.removeAll(sample.deadLetters);
        for (String key : keys) {
            Optional<String> actual = Optional.ofNullable(sample.tokens.get(key));
            Set<Optional<String>> possible = ledger.possible(sample.table, key, seeds.contains(key), time, visible);
            if (!possible.contains(actual) && !actual.map(ledger::isLost).orElse(false)) {
                wrong.add(sample.table + " " + key + ", " + claim + time + ": the target has " + actual + " instead of "
                        + possible);
            }
        }
    }

    private void run() {
        while (!over) {
            try (Connection connection = target.connect()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                for (StormTable table : StormTable.values()) {
                    samples.add(sample(connection, table));
                }
            } catch (SQLException | AssertionError notNow) {
                // There are no tables yet.
            }
            Pause.millis(everyMillis);
        }
    }

    private static Sample sample(Connection connection, StormTable table) {
        return new Sample(
                table,
                claim(connection, table, "f.loaded_up_to"),
                claim(connection, table, COMPLETE),
                tokens(Database.rows(connection, table.targetTokens())),
                Set.copyOf(Database.rows(connection, table.deadLetters())));
    }

    private static Optional<Instant> claim(Connection connection, StormTable table, String column) {
        return Database.rows(connection, CLAIM.formatted(column, table.table())).stream()
                .filter(text -> !text.equals("∅"))
                .map(Instant::parse)
                .findFirst();
    }

    private static Map<String, String> tokens(List<String> rows) {
        Map<String, String> tokens = new HashMap<>();
        for (String row : rows) {
            String[] cells = row.split("\\|");
            tokens.put(cells[0], cells[1]);
        }
        return tokens;
    }
}
