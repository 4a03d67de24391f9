package io.postgresloader.analyze;

import io.postgresloader.database.Source;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
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
 * Looks at some rows of a table: runs of neighbours at even distances over the whole range of an integer key, since the
 * first rows of a table are its oldest and resemble no others. A small table is read as a whole.
 */
final class Sampling {
    private static final int RUNS = 20;
    private static final int ROWS_OF_RUN = 100;
    private static final int SMALL = RUNS * ROWS_OF_RUN;

    private final SourceSample sample;
    private final SourceQueries queries;
    private final boolean everyRow;

    /**
     * @param limit how long one statement may take; zero: as long as it needs
     * @param everyRow whether whole tables are read, however large
     */
    Sampling(Source source, Duration limit, boolean everyRow) {
        this.sample = new SourceSample(source, limit);
        this.queries = new SourceQueries(source, limit);
        this.everyRow = everyRow;
    }

    /**
     * @param rows how many rows were looked at
     * @param how which ones, in words
     * @param columns what was found, in the order that was asked for
     */
    record Sample(long rows, String how, List<ColumnEvidence> columns) {}

    /** Asks for at least one row even where no column is asked for: a table that cannot be read is found out now. */
    Sample of(SourceTable table, List<Column> columns, LocalDateTime clock) {
        Key key = table.keys().stream().findFirst().orElse(Key.NONE);
        Optional<String> number = key.columns().stream()
                .limit(1)
                .filter(name -> table.column(name).orElseThrow().integer())
                .findFirst();
        SampleTally tally = new SampleTally(columns.size(), key.columns().size() == 1 && number.isPresent(), clock);
        SampleSql sql =
                new SampleSql(table.name(), columns.stream().map(Column::name).toList());
        if (columns.isEmpty()) {
            String any = table.columns().get(0).name();
            sample.read(
                    new SampleSql(table.name(), List.of(any)).first(Optional.empty(), Optional.of(1)), 1, tally::add);
            return tally.sample("no date or time to look at");
        }
        if (everyRow || table.estimatedRows() <= SMALL) {
            sample.read(
                    sql.first(number, everyRow ? Optional.empty() : Optional.of(SMALL)), columns.size(), tally::add);
            // The source's estimate may be too low.
            return tally.sample(!everyRow && tally.rows() == SMALL ? "the first by key" : "all");
        }
        Optional<BoundSql> runs = number.flatMap(column -> runs(sql, table.name(), column));
        runs.ifPresent(statement -> sample.read(statement, columns.size(), tally::add));
        return tally.sample(number.map(column -> "in runs of " + ROWS_OF_RUN + " over " + column)
                .orElse("none: the key is not a number"));
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
