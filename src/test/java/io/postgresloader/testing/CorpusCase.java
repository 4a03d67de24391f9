package io.postgresloader.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One input of the corpus with what is declared to become of it. {@code src/test/resources/corpus/README.md} says what
 * each key of the files means.
 *
 * @param area the file it is in
 * @param table the name of its tables in both databases
 * @param keyColumn the name of the column that numbers the rows
 * @param valueColumn the name of the column that holds the value
 * @param column SQL of the value column's type in the source
 * @param value SQL of the value of the special rows; empty: the column is not named when rows are written
 * @param good SQL of the value of all other rows, which may use their number, {@code seq}; empty: as for {@code value}
 * @param key the columns of the primary key
 * @param before SQL of values that sort before the special one; empty: not loaded in the order of the value
 * @param after SQL of values that sort behind it; empty: it is the greatest there can be
 * @param extra SQL of more columns in the source
 * @param session statements run before the rows are written
 * @param engine the storage engine of the source's table
 * @param storedAs the type of a column whose data file is given to the value column, past all checks
 * @param options the table's options in the table list
 * @param settings environment variables of the loader
 * @param ownLoader whether a loader of its own runs the case, with databases of its own: a table list that is refused
 *     would take all others with it
 * @param target SQL of the value column's type in a target table that exists before the first load
 * @param notHere why the source under test cannot have the case; empty: it can
 */
public record CorpusCase(
        String area,
        String id,
        String table,
        String keyColumn,
        String valueColumn,
        String column,
        Optional<String> value,
        Optional<String> good,
        List<String> key,
        Optional<String> before,
        Optional<String> after,
        List<String> extra,
        List<String> session,
        String engine,
        Optional<String> storedAs,
        Map<String, Object> options,
        Map<String, String> settings,
        boolean ownLoader,
        Optional<String> target,
        Optional<String> notHere,
        Expected expected) {

    /** What is declared to become of the special rows. */
    public enum Outcome {
        /** They arrive, equal in both databases. */
        EXACT,
        /** They arrive as another value, which is declared, and are counted. */
        MAPPED,
        /** They are set aside. */
        DEAD_LETTER,
        /** The table is not loaded at all. */
        TABLE_REFUSED,
        /** The loader does not start. */
        CONFIGURATION_REFUSED
    }

    /**
     * @param text what the target shows of the special value as text, ∅ for NULL; empty: not declared
     * @param counts the counters that each special row moves by this much
     * @param sqlStates the SQLSTATEs that a dead letter may have
     * @param names the column that a dead letter names; empty: none
     * @param keyText the value in the key of a dead letter, where it is part of the key
     * @param because part of the message of a refusal
     */
    public record Expected(
            Outcome outcome,
            Optional<String> text,
            Map<String, Integer> counts,
            List<String> sqlStates,
            Optional<String> names,
            Optional<String> keyText,
            String because) {}

    /** Whether the value is part of the key. */
    public boolean valueInKey() {
        return key.contains(valueColumn);
    }

    /** Whether the table list leaves the value column out, whose name may differ in case there. */
    public boolean excluded() {
        return excludedColumns().stream().anyMatch(column -> valueColumn.equalsIgnoreCase((String) column));
    }

    public List<?> excludedColumns() {
        return options.get("exclude_columns") instanceof List<?> columns ? columns : List.of();
    }

    public boolean deadLetter() {
        return expected.outcome == Outcome.DEAD_LETTER;
    }

    @Override
    public String toString() {
        return area + ": " + id;
    }
}
