/** A real MariaDB and a real PostgreSQL from Maven artifacts, for the demo, the benchmark and the tests. */
package io.postgresloader.demo.server;
