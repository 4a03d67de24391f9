package io.postgresloader.model;

/**
 * A column that shows changes.
 *
 * @param column its name in the source's spelling
 * @param type the type, which decides the clock that its values are compared with
 */
public record Cursor(String column, CursorType type) {}
