/** How tables stand, read from the tracking tables and the source: for the command line, health, meters and JMX. */
package io.postgresloader.monitor;
