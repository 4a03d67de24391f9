package io.postgresloader.load.schema;

/**
 * What prepares a table for a load.
 *
 * @param table the table as its rows are read and written once the target is changed
 * @param change what the target needs first
 */
public record Preparation(PreparedTable table, SchemaChange change) {}
