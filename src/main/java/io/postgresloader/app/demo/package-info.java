/**
 * Floor 5: the demo: a real MariaDB and a real PostgreSQL from Maven artifacts, an OpenDental-shaped source, and a
 * writer that keeps changing it. The servers' binaries are on Maven's class path only, not in the runnable jar.
 */
package io.postgresloader.app.demo;
