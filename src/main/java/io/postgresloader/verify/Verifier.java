package io.postgresloader.verify;

import io.postgresloader.config.Settings;
import io.postgresloader.load.LoadServices;
import io.postgresloader.load.PageSize;
import io.postgresloader.load.PreparedTable;
import io.postgresloader.load.TableInspector;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadFailedException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares a table row by row: what is in the source now, against what is in the target now. */
public final class Verifier {
    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(10);

    private final LoadServices services;
    private final TableInspector inspector;
    private final SourceRows source;
    private final BooleanSupplier stopping;

    public Verifier(LoadServices services) {
        this(services, () -> false);
    }

    /** @param stopping whether to break off */
    public Verifier(LoadServices services, BooleanSupplier stopping) {
        this.services = services;
        this.inspector = new TableInspector(services);
        this.source = services.sourceRows();
        this.stopping = stopping;
    }

    /**
     * Compares a configured table. Nothing is changed on either side, and no lock is taken that a load would wait for.
     *
     * @param found is told each difference
     * @return what was found; a table that cannot be compared says why
     * @throws LoadFailedException of a harmless kind when the comparison was told to break off; likewise below
     */
    public Comparison verify(String table, Consumer<Difference> found) {
        Instant start = Instant.now();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Tally tally = compare(ready(table), reader, found);
            return tally.sum(Duration.between(start, Instant.now()).toMillis() / 1000.0);
        } catch (SQLException | RuntimeException e) {
            return Comparison.failed(table, SqlFailures.toRecord(e).toString());
        } finally {
            reader.shutdownNow();
        }
    }

    /**
     * Compares the rows with these keys.
     *
     * @param keys each as key column to value in text form
     * @param found is told each difference
     */
    public Comparison look(String table, Collection<Map<String, String>> keys, Consumer<Difference> found) {
        Instant start = Instant.now();
        try {
            breakOffIfTold();
            PreparedTable prepared = ready(table);
            Tally tally = tally(prepared, found);
            Suspects suspects = suspects(prepared, tally);
            for (Map<String, String> key : keys) {
                suspects.add(prepared.key().columns().stream().map(key::get).toList());
            }
            suspects.lookNow();
            return tally.sum(Duration.between(start, Instant.now()).toMillis() / 1000.0);
        } catch (SQLException | RuntimeException e) {
            return Comparison.failed(table, SqlFailures.toRecord(e).toString());
        }
    }

    /**
     * Compares about so many rows at random places. A table with another key than one integer is compared as a whole.
     *
     * @param rows how many rows
     * @param found is told each difference
     */
    public Comparison sample(String table, long rows, Consumer<Difference> found) {
        Instant start = Instant.now();
        try {
            PreparedTable prepared = ready(table);
            Optional<String> key = prepared.integerKey();
            Optional<BigInteger> least =
                    key.flatMap(column -> services.sourceQueries().least(table, column));
            Optional<BigInteger> greatest =
                    key.flatMap(column -> services.sourceQueries().greatest(table, column));
            if (least.isEmpty() || greatest.isEmpty()) {
                return verify(table, found);
            }
            Tally tally = tally(prepared, found);
            Suspects suspects = suspects(prepared, tally);
            TargetTable target = prepared.target(services.settings().targetSchema());
            SampledKeys keys = new SampledKeys(prepared, target, source, new KeyRange(services.warehouse()));
            for (List<String> picked : keys.pick(rows, least.get(), greatest.get(), RandomGenerator.getDefault())) {
                suspects.add(picked);
            }
            suspects.lookNow();
            return tally.sum(Duration.between(start, Instant.now()).toMillis() / 1000.0);
        } catch (SQLException | RuntimeException e) {
            return Comparison.failed(table, SqlFailures.toRecord(e).toString());
        }
    }

    /** Whether rows of the table have a key, by which they can be looked at one by one. */
    boolean hasKey(String table) {
        return !ready(table).key().none();
    }

    /** Whether loads of the table see rows that were edited. */
    boolean loadsShowEdits(String table) {
        return ready(table).showsEdits();
    }

    private PreparedTable ready(String table) {
        return inspector.ready(services.catalog().get().table(table).orElseThrow());
    }

    private Tally tally(PreparedTable table, Consumer<Difference> found) {
        return new Tally(
                table.name(),
                table.keyFormat(),
                new HashSet<>(services.deadLetters().openKeys(table.name()).values()),
                found);
    }

    private Suspects suspects(PreparedTable table, Tally tally) {
        TargetTable target = table.target(services.settings().targetSchema());
        return new Suspects(new SecondLook(table, target, source, services.warehouse(), tally));
    }

    private Tally compare(PreparedTable table, ExecutorService reader, Consumer<Difference> found) throws SQLException {
        Settings settings = services.settings();
        TargetTable target = table.target(settings.targetSchema());
        Tally tally = tally(table, found);
        if (table.key().none()) {
            new WholeComparison(table, tally).run(source, services.warehouse(), target);
            return tally;
        }
        Suspects suspects = suspects(table, tally);
        SourceScan scan = new SourceScan(
                table,
                source,
                new PageSize(
                        settings.pageRows(),
                        settings.pageBytes(),
                        table.source().averageRowBytes()),
                reader);
        Runnable progress = progress(table.name(), tally);
        if (table.keyFormat().integers()) {
            try (TargetScan rows = new TargetScan(services.warehouse().connection(), target)) {
                new MergedComparison(table, tally, suspects).run(scan, rows, progress);
            }
        } else {
            try (StageComparison stage =
                    new StageComparison(services.warehouse().connection(), target)) {
                new StagedComparison(table, tally, suspects, settings.batchRows()).run(scan, stage, progress);
            }
        }
        return tally;
    }

    private Runnable progress(String table, Tally tally) {
        Instant[] last = {Instant.now()};
        return () -> {
            breakOffIfTold();
            if (Duration.between(last[0], Instant.now()).compareTo(BETWEEN_PROGRESS) >= 0) {
                last[0] = Instant.now();
                LOG.info("{}: {} rows compared so far", table, tally.rows());
            }
        };
    }

    private void breakOffIfTold() {
        if (stopping.getAsBoolean()) {
            throw new LoadFailedException(new Failure(
                    FailureKind.STOPPED, Optional.empty(), "the comparison was told to break off; it begins anew"));
        }
    }
}
