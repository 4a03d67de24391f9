package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.sql.Identifiers;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks for single rows of a target table. */
public final class TargetRows {
    private final JdbcClient target;
    private final String table;

    public TargetRows(Warehouse warehouse, String table) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table(table);
    }

    /**
     * Whether there is a row with a greater key.
     *
     * @param marks whether rows that are marked as deleted do not count
     */
    public boolean anyAbove(String column, BigInteger key, boolean marks) {
        String counted = marks ? " AND " + Identifiers.postgres(DeletePolicy.DELETED_AT) + " IS NULL" : "";
        return exists(" WHERE " + Identifiers.postgres(column) + " > ?" + counted, new BigDecimal(key));
    }

    /**
     * Whether the row with this key has this value.
     *
     * @param type the type of the column
     * @param value the value, as COPY prints it
     */
    public boolean has(String keyColumn, BigInteger key, String column, String type, String value) {
        return exists(
                " WHERE " + Identifiers.postgres(keyColumn) + " = ? AND " + Identifiers.postgres(column)
                        + " = CAST(? AS " + type + ")",
                new BigDecimal(key),
                value);
    }

    private boolean exists(String condition, Object... parameters) {
        return target.sql("SELECT EXISTS (SELECT 1 FROM " + table + condition + ")")
                .params(parameters)
                .query(Boolean.class)
                .single();
    }
}
