package io.postgresloader.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.faults.Ledger.Outcome;
import io.postgresloader.verify.RequestedRepair;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fault in one storm, and what must be so once all is quiet again. */
final class FaultRun {
    private static final Logger LOG = LoggerFactory.getLogger(FaultRun.class);
    private static final int MOST_ROUNDS = 40;
    private static final long WATCH_MILLIS = 400;
    private static final String LASTING_FAILURES =
            "SELECT DISTINCT table_name, error FROM raw.etl_table_metrics WHERE NOT success AND error_class <> 'transient'";

    private static final String SUCCESSES =
            "SELECT count(*) FROM raw.etl_table_metrics WHERE success AND load_type <> 'unchanged' AND table_name = ";

    private static final String METRICS = "SELECT to_regclass('raw.etl_table_metrics') IS NOT NULL";

    private static final String VERSIONS = "SELECT string_agg(ctid || ' ' || xmin, ',' ORDER BY ctid) FROM raw.";

    private final Fault fault;
    private final long seed;
    private final long stormMillis;
    private final Ledger ledger = new Ledger();
    private final AtomicInteger strikes = new AtomicInteger();

    /** @param seed of the writers and of the fault's moments */
    FaultRun(Fault fault, long seed, long stormMillis) {
        this.fault = fault;
        this.seed = seed;
        this.stormMillis = stormMillis;
    }

    void run() throws Exception {
        long start = System.nanoTime();
        try (Arena arena = new Arena(fault.setup());
                FreshnessWatch claims = new FreshnessWatch(arena.target(), WATCH_MILLIS)) {
            LoadsInProcess loads = new LoadsInProcess(arena.fixture(), arena.tables());
            WatermarkWatch watermarks = new WatermarkWatch(arena.target());
            StormReader reader = new StormReader(arena.target(), seed);
            if (seed % 2 == 0) {
                quiet(loads);
            }
            storm(arena);
            int rounds = quiet(loads);
            watermarks.close();
            try {
                settle(arena, loads, watermarks);
                requireTrue(claims);
                reader.end();
                assertThat(reader.reads()).as("reads of the copy").isPositive();
                assertThat(reader.differences())
                        .as("the copy by stamps and deletes")
                        .isEmpty();
            } catch (AssertionError e) {
                LOG.error("{} seed {}: {}", fault, seed, history(arena));
                throw e;
            }
            LOG.info(
                    "{} seed {}: {} strikes, writes {} committed {} rolled back {} unknown, quiet after {} rounds, {}",
                    fault,
                    seed,
                    strikes,
                    ledger.count(Outcome.COMMITTED),
                    ledger.count(Outcome.ROLLED_BACK),
                    ledger.count(Outcome.UNKNOWN),
                    rounds,
                    (System.nanoTime() - start) / 1_000_000_000 + " s");
        }
    }

    /** Deletes, and edits that no cursor column shows, refute a claim that a table is complete. */
    private void requireTrue(FreshnessWatch claims) {
        claims.close();
        assertThat(claims.completions()).as("claims that tables are complete").isPositive();
        assertThat(claims.refuted(ledger)).as("claims that the ledger refutes").isEmpty();
    }

    private void storm(Arena arena) throws Exception {
        List<Throwable> broken = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Storm storm = new Storm(arena.source(), fault.setup().session(), ledger, seed);
        Runner runner = arena.start(fault.setup());
        try {
            Thread striker = new Thread(() -> strikeUntil(over, arena, broken), "striker");
            striker.start();
            Pause.millis(stormMillis);
            // On a busy machine a process may take all of that to start.
            for (int i = 0; i < MOST_ROUNDS && !struckAndLoaded(arena) && striker.isAlive(); i++) {
                Pause.millis(500);
            }
            over.set(true);
            striker.join();
            arena.restore();
        } finally {
            runner.close();
            storm.end();
        }
        assertThat(broken).as("what the fault itself met").isEmpty();
        assertThat(strikes).as("strikes").hasPositiveValue();
        for (String table : arena.otherTables()) {
            assertThat(successes(arena, table))
                    .as("loads of " + table + " that ended well during the storm")
                    .isPositive();
        }
    }

    private boolean struckAndLoaded(Arena arena) {
        return strikes.get() > 0 && arena.otherTables().stream().allMatch(table -> successes(arena, table) > 0);
    }

    private static long successes(Arena arena, String table) {
        // The loader makes the table when it starts.
        return arena.target().value(METRICS).equals("t") ? arena.target().count(SUCCESSES + "'" + table + "'") : 0;
    }

    private void strikeUntil(AtomicBoolean over, Arena arena, List<Throwable> broken) {
        Random random = new Random(seed);
        while (!over.get()) {
            Pause.millis(300 + random.nextInt(600));
            try {
                fault.strike().at(arena, random);
                strikes.incrementAndGet();
            } catch (Exception | AssertionError e) {
                if (mayMiss(e)) {
                    continue;
                }
                broken.add(e);
                return;
            }
        }
    }

    /** A table that is not there yet, a server that the fault itself keeps from answering. */
    private static boolean mayMiss(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return cause instanceof SQLException || cause instanceof MissedException;
    }

    /** Loads until two rounds in a row succeed. */
    private static int quiet(LoadsInProcess loads) {
        int good = 0;
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            good = loads.round() < 0 ? 0 : good + 1;
            if (good == 2) {
                return round;
            }
            Pause.millis(good == 0 ? 500 : 0);
        }
        throw new AssertionError("loads still fail after " + MOST_ROUNDS + " rounds");
    }

    private void settle(Arena arena, LoadsInProcess loads, WatermarkWatch watermarks) {
        Settlement settlement = new Settlement(arena.source(), arena.target(), ledger, arena.otherTables());
        assertThat(settlement.beforeRepair()).as("before any repair").isEmpty();
        assertThat(arena.target().rows(LASTING_FAILURES))
                .as("failures that were not taken for passing ones")
                .isEmpty();
        assertThat(watermarks.looks()).as("looks at the watermarks").isPositive();
        assertThat(watermarks.stepsBack()).as("watermarks").isEmpty();
        List<String> versions = versions(arena);
        assertThat(loads.round()).as("rows that one more run wrote").isZero();
        assertThat(versions(arena)).as("versions of rows after one more run").isEqualTo(versions);
        long waiting = settlement.differences();
        for (String table : arena.tables()) {
            RequestedRepair.Result repair = arena.fixture().repair(table);
            assertThat(repair.leftUndone()).as("repair of " + table).isEmpty();
            assertThat(repair.after().proven()).as(repair.after().toString()).isTrue();
        }
        assertThat(settlement.afterRepair()).as("after the repair").isEmpty();
        LOG.info("{} seed {}: {} differences could wait for the repair", fault, seed, waiting);
    }

    /** What the loads say of themselves. */
    private static String history(Arena arena) {
        return String.join(
                "\n",
                arena.target()
                        .rows("SELECT created_at, table_name, load_type, load_reason, rows_processed, success, error"
                                + " FROM raw.etl_table_metrics ORDER BY id"));
    }

    private static List<String> versions(Arena arena) {
        return arena.tables().stream()
                .map(table -> arena.target().value(VERSIONS + table))
                .toList();
    }
}
