/**
 * Floor 3, above {@code load}: checks of the configuration, of both databases and of the tables, which find what keeps
 * loads from running as they should. They only read, by a few statements of the catalogs for all tables, and never a
 * table's rows.
 */
package io.postgresloader.doctor;
