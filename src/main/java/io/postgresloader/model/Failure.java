package io.postgresloader.model;

import java.util.Optional;

/**
 * A failure in our own words. It never holds a driver's message, since those quote values of rows.
 *
 * @param kind what happens next
 * @param sqlState the five characters of the SQL standard, or empty when no database spoke
 * @param message what happened, without any value of a row
 */
public record Failure(FailureKind kind, Optional<String> sqlState, String message) {
    @Override
    public String toString() {
        return kind.word() + sqlState.map(s -> " (SQLSTATE " + s + ")").orElse("") + ": " + message;
    }
}
