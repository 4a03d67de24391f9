package io.postgresloader.model;

/**
 * A column that shows changes.
 *
 * @param column its name in the source's spelling
 * @param type which of the two clocks its values come from
 */
public record Cursor(String column, CursorType type) {}
