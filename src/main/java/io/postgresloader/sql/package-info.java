/**
 * Floor 1: SQL text. Identifiers are quoted here and nowhere else; a statement and its parameters travel as one value;
 * a driver's exception becomes a {@link io.postgresloader.model.Failure} without the driver's text.
 */
package io.postgresloader.sql;
