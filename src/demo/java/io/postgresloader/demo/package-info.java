/**
 * Above all floors, and not in the runnable jar: the demo and the benchmark. They start the loader on a real MariaDB and
 * a real PostgreSQL from Maven artifacts, which are on Maven's class path only.
 */
package io.postgresloader.demo;
