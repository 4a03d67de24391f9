/**
 * {@code tables.yml}: reading it ({@link io.postgresloader.config.tables.CatalogReader}), comparing its names with the
 * source ({@link io.postgresloader.config.tables.CatalogCheck}), editing it without losing comments ({@link
 * io.postgresloader.config.tables.CatalogText}) and its JSON Schema for editors ({@link
 * io.postgresloader.config.tables.TablesSchema}). {@code OptionKey} lists every option.
 */
package io.postgresloader.config.tables;
