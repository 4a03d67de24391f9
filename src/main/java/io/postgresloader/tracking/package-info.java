/**
 * Floor 2: the tables {@code etl_load_status}, {@code etl_table_metrics} and {@code etl_dead_letter} in the target's
 * schema. All that a load must remember is here, and nothing of it in a process.
 */
package io.postgresloader.tracking;
