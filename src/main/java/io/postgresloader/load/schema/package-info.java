/** The table on both sides: its key, how its rows are read, and what changes in the target before rows are written. */
package io.postgresloader.load.schema;
