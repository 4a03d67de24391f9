package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.CursorType;
import io.postgresloader.model.Selection;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.sql.Identifiers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The small queries that a load runs before it reads rows. */
public final class SourceQueries {
    private final JdbcClient source;

    public SourceQueries(Source source) {
        this(source, Duration.ZERO);
    }

    /** @param limit how long a statement may take, in whole seconds; zero: as long as it needs */
    public SourceQueries(Source source, Duration limit) {
        this.source = source.jdbc(limit);
    }

    /** The number that a {@code SELECT COUNT(*)} returns. */
    public long count(BoundSql count) {
        return source.sql(count.text())
                .params(count.parameters())
                .query(Long.class)
                .single();
    }

    /**
     * How the source would answer a query.
     *
     * @param scans whether it would look at every row, or every entry of an index
     * @param index the index it would use; empty: none
     * @param rows how many rows it expects to look at
     */
    public record Access(boolean scans, Optional<String> index, long rows) {}

    /** Asks the source's optimizer; the query itself is not run. */
    public Access explain(BoundSql query) {
        return source.sql("EXPLAIN " + query.text())
                .params(query.parameters())
                .query((row, number) -> {
                    String type = row.getString("type");
                    return new Access(
                            "ALL".equals(type) || "index".equals(type),
                            Optional.ofNullable(row.getString("key")),
                            row.getLong("rows"));
                })
                .list()
                .get(0);
    }

    /** The greatest value of an integer column; empty when the table is. */
    public Optional<BigInteger> greatest(String table, String column) {
        return extreme("MAX", table, column);
    }

    /** The least value of an integer column; empty when the table is. */
    public Optional<BigInteger> least(String table, String column) {
        return extreme("MIN", table, column);
    }

    private Optional<BigInteger> extreme(String function, String table, String column) {
        return source.sql("SELECT " + function + "(" + Identifiers.mysql(column) + ") FROM " + Identifiers.mysql(table))
                .query(BigDecimal.class)
                .optional()
                .map(BigDecimal::toBigIntegerExact);
    }

    /** The greatest values of an integer column that an index begins with, in descending order. */
    public List<BigInteger> greatest(String table, String column, int number) {
        String name = Identifiers.mysql(column);
        return source
                .sql("SELECT " + name + " FROM " + Identifiers.mysql(table) + " ORDER BY " + name + " DESC LIMIT "
                        + number)
                .query(BigDecimal.class)
                .list()
                .stream()
                .map(BigDecimal::toBigIntegerExact)
                .toList();
    }

    /** The key that the next row gets; empty when the source gives out none for this column. */
    public Optional<BigInteger> nextKey(String table, String column) {
        return source.sql("SELECT t.auto_increment FROM information_schema.tables t"
                        + " JOIN information_schema.columns c ON c.table_schema = t.table_schema"
                        + " AND c.table_name = t.table_name WHERE t.table_schema = DATABASE() AND t.table_name = ?"
                        + " AND c.column_name = ? AND c.extra LIKE '%auto_increment%'")
                .params(table, column)
                .query(BigDecimal.class)
                .optional()
                .map(BigDecimal::toBigIntegerExact);
    }

    /**
     * The keys of the rows whose TIMESTAMP is in a range, the latest first.
     *
     * @param after UTC, not in the range
     * @param upTo UTC, in the range
     */
    public List<BigInteger> setWithin(
            String table, String key, String column, LocalDateTime after, LocalDateTime upTo, int most) {
        String time = Identifiers.mysql(column);
        return source
                .sql("SELECT " + Identifiers.mysql(key) + " FROM " + Identifiers.mysql(table) + " WHERE " + time
                        + " > ? AND " + time + " <= ? ORDER BY " + time + " DESC LIMIT " + most)
                .params(after, upTo)
                .query(BigDecimal.class)
                .list()
                .stream()
                .map(BigDecimal::toBigIntegerExact)
                .toList();
    }

    /** Whether any row has a value in this range; the first one found ends the search. */
    public boolean hasValueWithin(String table, Selection.CursorRange range) {
        String column = Identifiers.mysql(range.cursor().column());
        boolean date = range.cursor().type() == CursorType.DATE;
        return source.sql("SELECT 1 FROM " + Identifiers.mysql(table) + " WHERE " + column + " >= ? AND " + column
                        + " < ? LIMIT 1")
                .param(date ? range.from().toLocalDate() : range.from())
                .param(date ? range.before().toLocalDate() : range.before())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
