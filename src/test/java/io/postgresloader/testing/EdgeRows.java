package io.postgresloader.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a table in which each edge value of each column occurs once, and all other values are ordinary. The edges
 * of neighbouring columns are shifted against each other, so that most of them meet other kinds of neighbours.
 */
public final class EdgeRows {
    /** Coprime to the numbers of rows that occur, so that shifts do not coincide after a few columns. */
    private static final int SHIFT = 7;

    private EdgeRows() {}

    /** The statement that inserts them; in a strict session it fails if the server would change one. */
    public static String insert(String table, List<SourceColumn> columns) {
        List<List<String>> edges = columns.stream().map(EdgeValues::of).toList();
        int rows = edges.stream().mapToInt(List::size).max().orElseThrow() + 1;
        List<String> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                int edge = (row + SHIFT * i) % rows;
                cells.add(
                        edge < edges.get(i).size() ? edges.get(i).get(edge) : EdgeValues.ordinary(columns.get(i), row));
            }
            values.add("(" + String.join(", ", cells) + ")");
        }
        String names = columns.stream().map(c -> "`" + c.name() + "`").collect(Collectors.joining(", "));
        return "INSERT INTO `" + table + "` (" + names + ") VALUES\n" + String.join(",\n", values);
    }

    /** How many values of the rows are zero dates. */
    public static long zeroDates(List<SourceColumn> columns) {
        return columns.stream().filter(SourceColumn::dated).count();
    }
}
