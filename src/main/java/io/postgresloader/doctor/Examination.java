package io.postgresloader.doctor;

import io.postgresloader.sql.SqlFailures;
import java.util.List;
import java.util.function.Supplier;

/**
 * One check, ready to run.
 *
 * @param check the check
 * @param ok what it says if it finds nothing
 * @param work finds; may throw what the database reports
 */
record Examination(Check check, String ok, Supplier<List<Finding>> work) {

    /** A check that always finds something to say. */
    static Examination of(Check check, Supplier<Finding> work) {
        return new Examination(check, "", () -> List.of(work.get()));
    }

    /** The findings, at least one. A check that fails is a finding as well. */
    List<Finding> run() {
        try {
            List<Finding> found = work.get();
            return found.isEmpty() ? List.of(check.ok(ok)) : found;
        } catch (RuntimeException e) {
            return List.of(check.warning("could not be checked: " + SqlFailures.of(e)));
        }
    }
}
