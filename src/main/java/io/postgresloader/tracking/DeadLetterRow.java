package io.postgresloader.tracking;

import io.postgresloader.model.DeadLetter;

/**
 * A dead letter as the route {@code dead-letter} stores it: the body that its statement binds.
 *
 * @param table the table
 * @param key key column to value, as a JSON object; null: the load itself failed
 * @param reason the kind of failure, a word
 * @param message what failed, in words without values of the row
 * @param sqlState the SQLSTATE; null when no server reported the failure
 * @param column the column; null when it is not known
 * @param loadId the load that met the failure
 */
public record DeadLetterRow(
        String table, String key, String reason, String message, String sqlState, String column, String loadId) {
    public static DeadLetterRow of(DeadLetter deadLetter, String loadId) {
        return new DeadLetterRow(
                deadLetter.table(),
                deadLetter.key().isEmpty() ? null : Json.write(deadLetter.key()),
                deadLetter.failure().kind().word(),
                deadLetter.failure().message(),
                deadLetter.failure().sqlState().orElse(null),
                deadLetter.column().orElse(null),
                loadId);
    }
}
