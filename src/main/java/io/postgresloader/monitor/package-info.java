/** The health of tables, read from the tracking tables and the source: for the command line, health checks, meters and JMX. */
package io.postgresloader.monitor;
