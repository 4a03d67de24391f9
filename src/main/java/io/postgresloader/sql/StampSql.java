package io.postgresloader.sql;

/**
 * The row stamp in statements. The transaction that writes a table takes the stamp once, and keeps it in a setting of the
 * session that ends with the transaction.
 */
public final class StampSql {
    /** The setting that holds the stamp of the running transaction. */
    public static final String SETTING = "postgres_loader.stamp";

    /**
     * The stamp of the running transaction. Without one, PostgreSQL reports the other setting as unknown: the table
     * stops, and no row is blamed. The subquery is evaluated once for a statement, not for each row.
     */
    public static final String STAMP = "(SELECT CASE WHEN current_setting('" + SETTING
            + "', true) > '' THEN current_setting('" + SETTING + "')"
            + " ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz)";

    private StampSql() {}
}
