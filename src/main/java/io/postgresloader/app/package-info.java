/**
 * Floor 5: the command line, and the wiring of Camel, pools and beans. Exit codes: 0 done, 1 some table failed, 2
 * configuration, 3 database unreachable.
 */
package io.postgresloader.app;
