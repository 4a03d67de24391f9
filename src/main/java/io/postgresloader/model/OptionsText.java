package io.postgresloader.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * The stable text of a table's options. The text is independent of the components of the records: its names
 * and its order are those of the stored hashes. A new option must not appear in the text while it has its default.
 */
final class OptionsText {
    private OptionsText() {}

    static String of(TableOptions options) {
        CursorOptions cursors = options.cursors();
        LoadOptions load = options.load();
        return "TableOptions[table=" + options.table()
                + ", primaryKey=" + options.primaryKey()
                + ", cursorColumns=" + cursors.columns()
                + ", cursorLogic=" + cursors.logic().name()
                + ", bounds=" + bounds(cursors.bounds())
                + ", schedule=" + load.schedule()
                + ", load=" + load.mode().name()
                + ", lookback=" + cursors.lookback()
                + ", skipUnchanged=" + load.skipUnchanged()
                + ", reconcile=" + options.reconcile().every()
                + ", quietHours=" + options.reconcile().quietHours()
                + ", deletes=" + options.deletes().policy().name()
                + ", maxDeleteFraction=" + options.deletes().maxFraction()
                + ", maxDeadLetterFraction=" + deadLetterLimit(load)
                + ", columns=" + columns(options.columns()) + "]";
    }

    /**
     * The default was 0.5 when hashes were first stored. It selects no rows, so a table is not read again because it
     * changed.
     */
    private static double deadLetterLimit(LoadOptions load) {
        boolean byDefault = load.maxDeadLetterFraction() == LoadOptions.DEFAULT.maxDeadLetterFraction();
        return byDefault ? 0.5 : load.maxDeadLetterFraction();
    }

    private static String bounds(DateBounds bounds) {
        return "DateBounds[min=" + bounds.min() + ", max=" + bounds.max() + "]";
    }

    /** Columns in the order of their names: the maps have a different order in each process. */
    private static String columns(ColumnOptions columns) {
        Map<String, String> byColumn = new TreeMap<>();
        columns.policiesByColumn().forEach((column, policies) -> byColumn.put(column, policies(policies)));
        return "ColumnOptions[types=" + new TreeMap<>(columns.types())
                + ", excluded=" + columns.excluded()
                + (columns.purgeExcluded() ? ", purgeExcluded=true" : "")
                + ", policies=" + policies(columns.policies())
                + ", policiesByColumn=" + byColumn
                + columns.stamp()
                        .configured()
                        .map(column -> ", loadedAtColumn=" + column)
                        .orElse("") + "]";
    }

    private static String policies(ValuePolicies policies) {
        ValuePolicies.ZeroDates zeroDates = policies.zeroDates();
        return "ValuePolicies[nulCharacters=" + policies.nulCharacters().name()
                + ", invalidText=" + policies.invalidText().name()
                + ", zeroDates=ZeroDates[reject=" + zeroDates.reject() + ", day=" + zeroDates.day() + "]"
                + ", tinyint1=" + policies.tinyint1().name()
                + ", time=" + policies.time().name()
                + policies.timestamps()
                        .map(clock -> ", timestamps=" + clock.name())
                        .orElse("") + "]";
    }
}
