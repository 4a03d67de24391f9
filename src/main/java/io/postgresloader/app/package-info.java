/**
 * Floor 5: the command line, and the wiring of Camel, connection pools and beans. Exit codes: 0 done, 1 a table failed,
 * 2 invalid configuration, 3 database not available.
 */
package io.postgresloader.app;
