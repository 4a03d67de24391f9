package io.postgresloader.verify;

import io.postgresloader.load.schema.PreparedTable;
import io.postgresloader.model.DeadLetter;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.Selection;
import io.postgresloader.source.SourceRows;
import io.postgresloader.target.KeyRange;
import io.postgresloader.target.TargetTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A sample of a table with one integer key: ranges of neighbouring keys at random places between the least and the
 * greatest key, read from both sides, so that the sample includes rows that only one side has. Where keys have large
 * gaps, the rows after a gap are sampled more often than others.
 */
final class SampledKeys {
    private static final int RANGE_ROWS = 50;

    private final PreparedTable table;
    private final TargetTable targetTable;
    private final SourceRows source;
    private final KeyRange target;

    SampledKeys(PreparedTable table, TargetTable targetTable, SourceRows source, KeyRange target) {
        this.table = table;
        this.targetTable = targetTable;
        this.source = source;
        this.target = target;
    }

    /**
     * @param rows approximate number of rows to pick
     * @param least the least key of the source
     * @param greatest the greatest key of the source
     * @return the keys of the sample
     */
    Set<RowKey> pick(long rows, BigInteger least, BigInteger greatest, RandomGenerator random) throws SQLException {
        Set<RowKey> keys = new LinkedHashSet<>();
        BigDecimal span = new BigDecimal(greatest.subtract(least).add(BigInteger.ONE));
        for (long picked = 0; picked < rows; picked += RANGE_ROWS) {
            BigInteger place =
                    span.multiply(BigDecimal.valueOf(random.nextDouble())).toBigInteger();
            addRange(keys, least.add(place).subtract(BigInteger.ONE));
        }
        return keys;
    }

    private void addRange(Set<RowKey> keys, BigInteger above) throws SQLException {
        Page page = source.read(table.page(
                new Selection.All(), key(above.toString()), Optional.of(RANGE_ROWS), RANGE_ROWS, Long.MAX_VALUE));
        for (int row = 0; row < page.rows().rows(); row++) {
            keys.add(table.keyFormat().fromCells(page.rows().cells(row)));
        }
        page.deadLetters().stream().map(DeadLetter::key).forEach(keys::add);
        Optional<BigInteger> upTo = page.exhausted() || page.lastKey().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BigInteger(table.keyFormat().values(page.lastKey()).get(0)));
        target.keys(targetTable, above, upTo, 10 * RANGE_ROWS).forEach(key -> keys.add(key(key)));
    }

    private RowKey key(String value) {
        return table.keyFormat().of(List.of(value));
    }
}
