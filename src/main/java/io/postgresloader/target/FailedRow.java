package io.postgresloader.target;

import io.postgresloader.model.Failure;
import java.util.Optional;

/**
 * A row that PostgreSQL could not store.
 *
 * @param row its index in the page
 * @param failure why
 * @param column the column, where PostgreSQL named one of the table's columns
 */
record FailedRow(int row, Failure failure, Optional<String> column) {}
