package io.postgresloader.model;

import java.util.Optional;

/**
 * A failure with a message of the loader. The message is never that of a driver, which may quote values of rows.
 *
 * @param kind the kind, which decides what happens next
 * @param sqlState the five characters of the SQL standard, or empty if no database reported the failure
 * @param message what happened, without any value of a row
 */
public record Failure(FailureKind kind, Optional<String> sqlState, String message) {
    @Override
    public String toString() {
        return kind.word() + sqlState.map(s -> " (SQLSTATE " + s + ")").orElse("") + ": " + message;
    }
}
