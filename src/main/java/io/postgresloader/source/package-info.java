/**
 * Floor 2: everything that is asked of the MySQL or MariaDB source. It is only read, in short statements: a long read
 * of a MyISAM table blocks the practice's writes.
 */
package io.postgresloader.source;
