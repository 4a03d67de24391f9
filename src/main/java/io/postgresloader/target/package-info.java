/**
 * Floor 2: the data tables of the PostgreSQL target: they are created, widened, and written by COPY. Methods take
 * part in the transaction of the calling thread.
 */
package io.postgresloader.target;
