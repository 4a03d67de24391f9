package io.postgresloader.app;

import java.util.EnumMap;
import java.util.Map;

/**
 * A line of {@code status}.
 *
 * @param style the picocli style of the line on a terminal; empty: none
 * @param concern why the table needs attention, in a word; empty: it does not
 * @param cells the text of every column
 */
record StatusRow(String style, String concern, Map<StatusColumn, String> cells) {
    StatusRow {
        cells = new EnumMap<>(cells);
    }
}
