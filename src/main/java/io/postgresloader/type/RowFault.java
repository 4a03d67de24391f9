package io.postgresloader.type;

import io.postgresloader.model.Failure;

/**
 * Why a row becomes a dead letter before it reaches the target.
 *
 * @param column the column whose value cannot be stored
 * @param failure the reason, without the value
 */
public record RowFault(String column, Failure failure) {}
