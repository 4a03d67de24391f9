package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.CompareSql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a range of keys from a target table whose key is one integer. */
public final class KeyRange {
    private final JdbcClient target;

    public KeyRange(Warehouse warehouse) {
        this.target = warehouse.jdbc();
    }

    /**
     * @param above the exclusive lower bound
     * @param upTo the inclusive upper bound; empty: to the end
     * @param limit the maximum number of keys
     * @return keys in text form, least first, without rows that are marked as deleted
     */
    public List<String> keys(TargetTable table, BigInteger above, Optional<BigInteger> upTo, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(new BigDecimal(above)));
        upTo.map(BigDecimal::new).ifPresent(parameters::add);
        parameters.add(limit);
        return target.sql(new CompareSql(table.sql()).keysOfRange(upTo.isPresent()))
                .params(parameters)
                .query(String.class)
                .list();
    }
}
