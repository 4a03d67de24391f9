package io.postgresloader.dbt;

import io.postgresloader.model.CursorLogic;
import io.postgresloader.model.CursorOptions;
import io.postgresloader.model.DateBounds;
import io.postgresloader.model.Key;
import io.postgresloader.model.TableOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tables for tests. */
final class DbtTables {
    static final DbtColumn STAMP = column("_loaded_at", "timestamp with time zone", true, null);

    static final DbtTable ADJUSTMENT = new DbtTable(
            options("adjustment", "SecDateTEdit", "AdjDate"),
            new Key(List.of("AdjNum")),
            Optional.of("Amounts that {{ were }} corrected.\nOne row each."),
            List.of(
                    column("AdjNum", "bigint", true, null),
                    column("AdjAmt", "numeric(10,2)", false, "100% {# sure #} \"quoted\": yes"),
                    column("AdjDate", "date", true, "no"),
                    column("SecDateTEdit", "timestamp(0) without time zone", false, "{% raw %} 12:30"),
                    STAMP),
            Optional.of("_loaded_at"),
            false);

    static final DbtTable LINK = new DbtTable(
            options("fee's \"link\""),
            new Key(List.of("A b", "B\"c")),
            Optional.empty(),
            List.of(
                    column("A b", "integer", true, null),
                    column("B\"c", "character varying(20)", true, null),
                    column("_deleted_at", "timestamp with time zone", false, null),
                    STAMP),
            Optional.of("_loaded_at"),
            true);

    static final DbtTable KEYLESS = new DbtTable(
            options("off"),
            Key.NONE,
            Optional.empty(),
            List.of(column("yes", "text", false, "\u0007bell")),
            Optional.empty(),
            false);

    static final DbtTable UNSTAMPED = new DbtTable(
            options("provider"),
            new Key(List.of("ProvNum")),
            Optional.empty(),
            List.of(
                    column("ProvNum", "bigint", true, null),
                    column("_deleted_at", "timestamp with time zone", false, null)),
            Optional.empty(),
            true);

    static final List<DbtTable> ALL = List.of(ADJUSTMENT, LINK, KEYLESS, UNSTAMPED);

    private DbtTables() {}

    private static TableOptions options(String table, String... cursors) {
        TableOptions standard = TableOptions.defaults(table);
        return new TableOptions(
                table,
                List.of(),
                new CursorOptions(
                        List.of(cursors),
                        CursorLogic.OR,
                        DateBounds.DEFAULT,
                        standard.cursors().lookback()),
                standard.load().every(table.equals("off") ? Duration.ofDays(2) : Duration.ofMinutes(5)),
                standard.reconcile(),
                standard.deletes(),
                standard.columns());
    }

    static DbtColumn column(String name, String type, boolean notNull, String comment) {
        return new DbtColumn(name, type, notNull, Optional.ofNullable(comment));
    }
}
