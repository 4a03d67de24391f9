package io.postgresloader.analyze;

import io.postgresloader.database.Source;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import io.postgresloader.model.progress.WorkPhase;
import io.postgresloader.model.progress.WorkProgress;
import io.postgresloader.source.SourceQueries;
import io.postgresloader.source.SourceSample;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.sql.SampleSql;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Samples a table: runs of consecutive rows at even distances over the range of an integer key. The first rows alone
 * would not be representative, because they are the oldest. A small table is read completely.
 */
final class Sampling {
    private static final int RUNS = 20;
    private static final int ROWS_OF_RUN = 100;
    private static final int SMALL = RUNS * ROWS_OF_RUN;

    private final SourceSample sample;
    private final SourceQueries queries;
    private final boolean everyRow;

    /**
     * @param limit the time limit of one statement; zero for none
     * @param everyRow whether to read whole tables regardless of their size
     */
    Sampling(Source source, Duration limit, boolean everyRow) {
        this.sample = new SourceSample(source, limit);
        this.queries = new SourceQueries(source, limit);
        this.everyRow = everyRow;
    }

    /**
     * @param rows the number of sampled rows
     * @param how which rows were sampled, as text
     * @param columns the statistics, in the order of the requested columns
     * @param randomKeys whether keys seem to be handed out at random
     */
    record Sample(long rows, String how, List<ColumnEvidence> columns, boolean randomKeys) {}

    /**
     * Samples the given columns. Reads one row even if no column is given, so that an unreadable table is detected now.
     */
    Sample of(SourceTable table, List<Column> columns, LocalDateTime clock, WorkProgress progress) {
        progress.begin(
                WorkPhase.ANALYZING, 0, everyRow ? table.estimatedRows() : Math.min(SMALL, table.estimatedRows()));
        Key key = table.keys().stream().findFirst().orElse(Key.NONE);
        Optional<String> number = key.columns().stream()
                .limit(1)
                .filter(name -> table.column(name).orElseThrow().integer())
                .findFirst();
        SampleTally tally =
                new SampleTally(columns.size(), key.columns().size() == 1 && number.isPresent(), clock, progress);
        SampleSql sql =
                new SampleSql(table.name(), columns.stream().map(Column::name).toList());
        if (columns.isEmpty()) {
            String any = table.columns().get(0).name();
            sample.read(
                    new SampleSql(table.name(), List.of(any)).first(Optional.empty(), Optional.of(1)), 1, row -> {});
            number.filter(column -> key.columns().size() == 1)
                    .flatMap(column -> runs(sql, table.name(), column))
                    .ifPresent(keys -> sample.read(keys, 0, tally::add));
            return tally.sample("no date or time column");
        }
        if (everyRow || table.estimatedRows() <= SMALL) {
            sample.read(
                    sql.first(number, everyRow ? Optional.empty() : Optional.of(SMALL)), columns.size(), tally::add);
            // The source's row estimate can be too low.
            return tally.sample(!everyRow && tally.rows() == SMALL ? "the first rows by key" : "all");
        }
        Optional<BoundSql> runs = number.flatMap(column -> runs(sql, table.name(), column));
        runs.ifPresent(statement -> sample.read(statement, columns.size(), tally::add));
        return tally.sample(number.map(column -> "in runs of " + ROWS_OF_RUN + " over " + column)
                .orElse("none, because the first key column is not an integer"));
    }

    private Optional<BoundSql> runs(SampleSql sql, String table, String column) {
        Optional<BigInteger> least = queries.least(table, column);
        Optional<BigInteger> greatest = queries.greatest(table, column);
        if (least.isEmpty() || greatest.isEmpty()) {
            return Optional.empty();
        }
        BigInteger range = greatest.get().subtract(least.get());
        Stream<BigInteger> starts = LongStream.range(0, RUNS)
                .mapToObj(run ->
                        least.get().add(range.multiply(BigInteger.valueOf(run)).divide(BigInteger.valueOf(RUNS))))
                .distinct();
        return Optional.of(sql.runs(column, starts.toList(), ROWS_OF_RUN));
    }
}
