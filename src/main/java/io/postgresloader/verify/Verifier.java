package io.postgresloader.verify;

import io.postgresloader.load.LoadServices;
import io.postgresloader.load.plan.FactsReader;
import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.load.schema.TableInspector;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.TableOptions;
import io.postgresloader.model.progress.WorkKind;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.model.progress.WorkProgress;
import io.postgresloader.source.SourceRows;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.target.KeyRange;
import io.postgresloader.target.StageComparison;
import io.postgresloader.target.TargetScan;
import io.postgresloader.target.TargetTable;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Compares a configured table row by row: the rows that the source has now with the rows that the target has now. A
 * comparison changes nothing on either side and takes no lock that a load would wait for. A table that cannot be compared
 * is a result as well, with the reason.
 *
 * <p>Every method throws a {@link LoadFailedException} of a harmless kind when the comparison is stopped.
 */
public final class Verifier {
    private final LoadServices services;
    private final Function<TableOptions, PreparedTable> preparation;
    private final boolean tracked;
    private final FactsReader facts;
    private final ComparisonHorizon horizon;
    private final SourceRows source;
    private final BooleanSupplier stopping;

    public Verifier(LoadServices services) {
        this(services, () -> false);
    }

    /** @param stopping whether comparisons have to stop */
    public Verifier(LoadServices services, BooleanSupplier stopping) {
        this(services, new TableInspector(services)::ready, true, stopping);
    }

    private Verifier(
            LoadServices services,
            Function<TableOptions, PreparedTable> preparation,
            boolean tracked,
            BooleanSupplier stopping) {
        this.services = services;
        this.preparation = preparation;
        this.tracked = tracked;
        this.facts = new FactsReader(services);
        this.horizon = new ComparisonHorizon(services, facts);
        this.source = services.sourceRows();
        this.stopping = stopping;
    }

    /**
     * Also compares tables that another loader has filled and that are not adopted yet. It must not repair them: that is
     * what an adoption does.
     *
     * @param tracked whether the target has tracking tables
     */
    public static Verifier beforeAdoption(LoadServices services, boolean tracked) {
        TableInspector inspector =
                tracked ? new TableInspector(services) : new TableInspector(services, table -> Optional.empty());
        return new Verifier(services, inspector::comparable, tracked, () -> false);
    }

    /**
     * Compares all rows of a table.
     *
     * @param found receives each difference
     */
    public Comparison verify(String table, Consumer<Difference> found) {
        return timed(table, progress -> {
            PreparedTable prepared = prepared(table);
            // Before the first row of either side is read.
            Optional<Comparison.Began> began = tracked ? horizon.of(prepared) : Optional.empty();
            ComparisonCounts counts = compareAll(prepared, found, progress);
            counts.began(began);
            return counts;
        });
    }

    /**
     * Compares the rows with these keys.
     *
     * @param keys the keys of the rows
     * @param found receives each difference
     */
    public Comparison compareKeys(String table, Collection<RowKey> keys, Consumer<Difference> found) {
        return timed(table, progress -> {
            throwIfStopping();
            PreparedTable prepared = prepared(table);
            ComparisonCounts counts = counts(prepared, found);
            progress.begin(WorkPhase.COMPARING, 0, keys.size());
            RecheckQueue rechecks = rechecks(prepared, counts);
            for (RowKey key : keys) {
                rechecks.add(key);
                progress.done(counts.rows());
            }
            rechecks.flush();
            return counts;
        });
    }

    /**
     * Compares a sample of rows at random places. A table whose key is not one integer is compared as a whole.
     *
     * @param rows the approximate size of the sample
     * @param found receives each difference
     */
    public Comparison sample(String table, long rows, Consumer<Difference> found) {
        return timed(table, progress -> {
            PreparedTable prepared = prepared(table);
            Optional<String> key = prepared.integerKey();
            Optional<BigInteger> least =
                    key.flatMap(column -> services.sourceQueries().least(table, column));
            Optional<BigInteger> greatest =
                    key.flatMap(column -> services.sourceQueries().greatest(table, column));
            return least.isPresent() && greatest.isPresent()
                    ? compareSample(prepared, rows, least.get(), greatest.get(), found)
                    : compareAll(prepared, found, progress);
        });
    }

    /** Compares all rows of a table and keeps the keys of those that differ. */
    Findings find(String table) {
        DifferentKeys keys = new DifferentKeys();
        return new Findings(verify(table, keys::add), keys);
    }

    /** Compares the rows that were found to differ, and keeps the keys of those that still do. */
    Findings findAgain(String table, Findings found) {
        DifferentKeys keys = new DifferentKeys();
        return new Findings(compareKeys(table, found.keys().all(), keys::add), keys);
    }

    /** Compares the rows that were found to differ: by key where that is possible, otherwise with the whole table. */
    Comparison compareAgain(String table, Findings found) {
        return canCompareKeys(table, found)
                ? compareKeys(table, found.keys().all(), difference -> {})
                : verify(table, difference -> {});
    }

    /** Whether the rows that were found to differ can be compared by their keys. */
    boolean canCompareKeys(String table, Findings found) {
        return found.keys().complete() && hasKey(table);
    }

    /** Whether the table has a key. Without one its rows cannot be compared or loaded one by one. */
    boolean hasKey(String table) {
        return !prepared(table).key().none();
    }

    /** Whether loads of the table see rows that were edited. */
    boolean loadsShowEdits(String table) {
        return facts.choice(prepared(table)).showsEdits();
    }

    private PreparedTable prepared(String table) {
        return preparation.apply(services.catalog().get().table(table).orElseThrow());
    }

    private interface Counting {
        ComparisonCounts run(WorkProgress progress) throws SQLException;
    }

    private Comparison timed(String table, Counting comparison) {
        Instant start = Instant.now();
        try (WorkProgress progress = services.running().begin(table, WorkKind.COMPARISON, WorkPhase.PLANNING)) {
            return comparison
                    .run(progress)
                    .toComparison(Duration.between(start, Instant.now()).toMillis() / 1000.0);
        } catch (SQLException | RuntimeException e) {
            return Comparison.failed(table, SqlFailures.toRecord(e).toString());
        }
    }

    private ComparisonCounts counts(PreparedTable table, Consumer<Difference> found) {
        return new ComparisonCounts(
                table.name(),
                !tracked || services.deadLetters().open(table.name()) == 0
                        ? keys -> List.of()
                        : keys -> openAmong(table, keys),
                found);
    }

    private Collection<RowKey> openAmong(PreparedTable table, List<RowKey> keys) {
        return services.deadLetters().openAmong(table.name(), keys).values();
    }

    private RecheckQueue rechecks(PreparedTable table, ComparisonCounts counts) {
        return new RecheckQueue(new Recheck(table, target(table), source, services.warehouse(), counts), counts);
    }

    private TargetTable target(PreparedTable table) {
        return table.target(services.settings().targetSchema());
    }

    private ComparisonCounts compareSample(
            PreparedTable table, long rows, BigInteger least, BigInteger greatest, Consumer<Difference> found)
            throws SQLException {
        ComparisonCounts counts = counts(table, found);
        RecheckQueue rechecks = rechecks(table, counts);
        SampledKeys keys = new SampledKeys(table, target(table), source, new KeyRange(services.warehouse()));
        for (RowKey picked : keys.pick(rows, least, greatest, RandomGenerator.getDefault())) {
            rechecks.add(picked);
        }
        rechecks.flush();
        return counts;
    }

    private ComparisonCounts compareAll(PreparedTable table, Consumer<Difference> found, WorkProgress progress)
            throws SQLException {
        ComparisonCounts counts = counts(table, found);
        progress.begin(WorkPhase.COMPARING, 0, table.source().estimatedRows());
        if (table.key().none()) {
            new KeylessComparison(table, counts).run(source, services.warehouse(), target(table));
            return counts;
        }
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            compareByKey(table, scan(table, reader), counts, progress);
            return counts;
        } finally {
            reader.shutdownNow();
        }
    }

    private SourceScan scan(PreparedTable table, ExecutorService reader) {
        return new SourceScan(table, source, services.firstPage(table.source()), reader);
    }

    private void compareByKey(PreparedTable table, SourceScan scan, ComparisonCounts counts, WorkProgress progress)
            throws SQLException {
        RecheckQueue rechecks = rechecks(table, counts);
        Runnable pageDone = pageDone(counts, new ComparisonProgress(table.name(), progress));
        if (table.keyFormat().integers()) {
            try (TargetScan rows = new TargetScan(services.warehouse().connection(), target(table))) {
                new MergeComparison(table, counts, rechecks).run(scan, rows, pageDone);
            }
        } else {
            int batchRows = services.settings().loading().batchRows();
            try (StageComparison stage =
                    new StageComparison(services.warehouse().connection(), target(table))) {
                new StagedComparison(table, counts, rechecks, batchRows).run(scan, stage, pageDone);
            }
        }
    }

    private Runnable pageDone(ComparisonCounts counts, ComparisonProgress progress) {
        return () -> {
            throwIfStopping();
            progress.compared(counts.rows());
        };
    }

    private void throwIfStopping() {
        if (stopping.getAsBoolean()) {
            throw new LoadFailedException(new Failure(
                    FailureKind.STOPPED, Optional.empty(), "the comparison was stopped; it will start again"));
        }
    }
}
