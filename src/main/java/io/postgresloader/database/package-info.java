/**
 * Floor 1, above {@code sql}: the two databases as one object each, handed to every class that asks them. A class of the
 * floors above never takes a data source and a schema name as two arguments.
 */
package io.postgresloader.database;
