package io.postgresloader.type;

import io.postgresloader.model.Failure;
import java.util.Optional;

/**
 * Why a row becomes a dead letter before it reaches the target.
 *
 * @param column the column whose value cannot be stored; empty: the row as a whole cannot
 * @param failure the reason, without the value
 */
public record RowFault(Optional<String> column, Failure failure) {
    RowFault(String column, Failure failure) {
        this(Optional.of(column), failure);
    }
}
