package io.postgresloader.app;

import io.postgresloader.testing.Canary;
import java.util.ArrayList;
import java.util.List;

/**
 * A table some of whose rows become dead letters, or that cannot be loaded. Every row holds a canary, so that a message
 * about any row, or about the neighbours of a bad value, shows one.
 *
 * @param name its name in both databases
 * @param type of column V in the source
 * @param value SQL of the value of V in the bad rows
 * @param targetType of column V, with its constraints, in a table made before by others; empty: the loader makes it
 * @param options of the table, in YAML's flow style
 * @param more done in the target after its table was made
 * @param outcome what comes of it
 */
record CanaryTable(
        String name, String type, String value, String targetType, String options, List<String> more, Outcome outcome) {
    /** Two in one batch and one in a later page, for pages of eight rows. */
    static final List<Integer> BAD_ROWS = List.of(5, 6, 20);

    /** What becomes of a load. */
    enum Outcome {
        /** The bad rows are dead letters, all others arrive. */
        ROWS_REFUSED,
        /** The load fails. */
        LOAD_FAILED,
        /** The load fails for a moment, and again each time. */
        TRIED_AGAIN,
        /** Everything arrives. */
        ARRIVES
    }

    /** A table whose bad rows do not fit into a column of this type. */
    static CanaryTable deadLetter(String name, String type, String value, String targetType) {
        return new CanaryTable(name, type, value, targetType, "", List.of(), Outcome.ROWS_REFUSED);
    }

    /** A table whose bad rows have a text that does not fit into a column of this type. */
    static CanaryTable text(String name, String targetType) {
        return deadLetter(name, "varchar(60)", quoted(Canary.TEXT), targetType);
    }

    /** One whose trigger does this with each row that has a V. */
    static CanaryTable trigger(String name, String statement, Outcome outcome) {
        String function = "CREATE FUNCTION raw." + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF NEW.\"V\" IS NOT NULL THEN " + statement + "; END IF; RETURN NEW; END $$";
        String trigger =
                "CREATE TRIGGER t BEFORE INSERT ON raw." + name + " FOR EACH ROW EXECUTE FUNCTION raw." + name + "()";
        return text(name, "text").and(function).and(trigger).but(outcome);
    }

    CanaryTable with(String yaml) {
        return new CanaryTable(name, type, value, targetType, yaml, more, outcome);
    }

    CanaryTable and(String statement) {
        List<String> all = new ArrayList<>(more);
        all.add(statement);
        return new CanaryTable(name, type, value, targetType, options, all, outcome);
    }

    CanaryTable but(Outcome other) {
        return new CanaryTable(name, type, value, targetType, options, more, other);
    }

    String yaml() {
        return name + ": {" + options + "}\n";
    }

    List<String> inSource() {
        return List.of(
                "CREATE TABLE " + name + " (Id int NOT NULL PRIMARY KEY, Other varchar(60), V " + type
                        + ") ENGINE=MyISAM",
                "INSERT INTO " + name + " SELECT seq, " + quoted(Canary.TEXT) + ", IF(seq IN ("
                        + BAD_ROWS.toString().replaceAll("[\\[\\]]", "") + "), " + value
                        + ", NULL) FROM seq_1_to_30");
    }

    List<String> inTarget() {
        List<String> statements = new ArrayList<>();
        if (!targetType.isEmpty()) {
            statements.add(
                    "CREATE TABLE raw." + name + " (\"Id\" int PRIMARY KEY, \"Other\" text, \"V\" " + targetType + ")");
        }
        statements.addAll(more);
        return statements;
    }

    static String quoted(String value) {
        return "'" + value + "'";
    }
}
