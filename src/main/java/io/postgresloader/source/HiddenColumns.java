package io.postgresloader.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Columns that the source's user may not read, so that the server does not list them.
 *
 * @param grant the statement that gives the right to read all columns of the table
 * @param gaps the place of each hidden column in front of a listed one; there may be others behind the last
 * @param last the last listed column
 */
public record HiddenColumns(String grant, List<String> gaps, String last) {
    public HiddenColumns {
        gaps = List.copyOf(gaps);
    }

    /** @param listed the listed columns by their positions in the table, from 1; at least one */
    static HiddenColumns of(String grant, SortedMap<Integer, String> listed) {
        List<String> gaps = new ArrayList<>();
        int position = 1;
        String before = "in front of ";
        for (Map.Entry<Integer, String> column : listed.entrySet()) {
            for (; position < column.getKey(); position++) {
                gaps.add(before + column.getValue());
            }
            position++;
            before = "between " + column.getValue() + " and ";
        }
        return new HiddenColumns(grant, gaps, listed.get(listed.lastKey()));
    }

    /** Whether there are more hidden columns than these, as far as the server shows it. */
    public boolean moreThan(int known) {
        return known == 0 || gaps.size() > known;
    }

    /** Where the hidden columns are, such as {@code between Id and Note}. */
    public String places() {
        return gaps.isEmpty() ? "behind " + last : String.join(", ", gaps);
    }
}
