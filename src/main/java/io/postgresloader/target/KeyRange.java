package io.postgresloader.target;

import io.postgresloader.sql.Identifiers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a range of keys from a target table whose key is one integer. */
public final class KeyRange {
    private final JdbcClient target;

    public KeyRange(DataSource target) {
        this.target = JdbcClient.create(target);
    }

    /**
     * @param above the exclusive lower bound
     * @param upTo the inclusive upper bound; empty: to the end
     * @param limit the maximum number of keys
     * @return keys in text form, least first, without rows that are marked as deleted
     */
    public List<String> keys(TargetTable table, BigInteger above, Optional<BigInteger> upTo, int limit) {
        String key = Identifiers.postgres(table.key().columns().get(0));
        List<Object> parameters = new ArrayList<>(List.of(new java.math.BigDecimal(above)));
        upTo.map(java.math.BigDecimal::new).ifPresent(parameters::add);
        parameters.add(limit);
        return target.sql("SELECT " + key + "::text FROM " + Identifiers.postgres(table.schema(), table.name())
                        + " WHERE "
                        + key + " > ?" + (upTo.isPresent() ? " AND " + key + " <= ?" : "")
                        + (table.removal().marks() ? " AND \"_deleted_at\" IS NULL" : "") + " ORDER BY " + key
                        + " LIMIT ?")
                .params(parameters)
                .query(String.class)
                .list();
    }
}
