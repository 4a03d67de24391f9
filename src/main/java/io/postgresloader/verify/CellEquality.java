package io.postgresloader.verify;

import io.postgresloader.type.CellForm;
import io.postgresloader.type.RowFormat;
import java.util.List;

/**
 * Whether the cells of two rows have the same values, although the servers print them differently. A form that is not
 * known to {@link CellForm} costs a recheck of the row and causes no error.
 */
final class CellEquality {
    private final CellForm[] forms;

    CellEquality(RowFormat format) {
        forms = format.targetTypes().values().stream().map(CellForm::of).toArray(CellForm[]::new);
    }

    boolean equal(List<String> source, List<String> target) {
        for (int i = 0; i < forms.length; i++) {
            if (!forms[i].equal(source.get(i), target.get(i))) {
                return false;
            }
        }
        return true;
    }
}
