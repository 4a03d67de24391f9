package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.sql.BoundSql;
import io.postgresloader.sql.SampleSql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads some rows of a table, in one short statement. */
public final class SourceSample {
    private final JdbcClient source;

    /** @param limit how long a statement may take; the server ends one that takes longer; in whole seconds, zero for as long as it needs */
    public SourceSample(Source source, Duration limit) {
        this.source = source.jdbc(limit);
    }

    /**
     * A row of the sample.
     *
     * @param run which run of neighbouring rows it belongs to, from 0
     * @param key the number that the runs follow; empty where the sample has no order
     * @param values the columns as text; null for NULL
     */
    public record Row(int run, Optional<BigInteger> key, List<String> values) {}

    /** Rows in the order of the statement. */
    public void read(BoundSql sample, int columns, Consumer<Row> rows) {
        source.sql(sample.text()).params(sample.parameters()).query(row -> {
            rows.accept(row(row, columns));
        });
    }

    private static Row row(ResultSet row, int columns) throws SQLException {
        List<String> values = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            values.add(row.getString(SampleSql.FIRST_VALUE + column));
        }
        BigDecimal key = row.getBigDecimal(SampleSql.KEY);
        return new Row(row.getInt(SampleSql.RUN), Optional.ofNullable(key).map(BigDecimal::toBigIntegerExact), values);
    }
}
