package io.postgresloader.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param check the check
 * @param level how much it matters
 * @param table the table; empty: all tables, or none
 * @param message one line: what was found, and what to do; no value of a row
 * @param statement the statement to run, of the side's own SQL or shell; empty: there is none
 */
public record Finding(Check check, Level level, Optional<String> table, String message, Optional<String> statement) {
    public Finding {
        Objects.requireNonNull(check);
        Objects.requireNonNull(level);
    }

    /** This finding, about one table. */
    Finding of(String name) {
        return new Finding(check, level, Optional.of(name), message, statement);
    }

    /** This finding, with the statement to run. */
    Finding run(String sql) {
        return new Finding(check, level, table, message, Optional.of(sql));
    }

    /** The finding as one line, without its level and check. */
    public String line() {
        return table.map(name -> name + ": ").orElse("")
                + message
                + statement.map(sql -> "; run: " + sql).orElse("");
    }
}
