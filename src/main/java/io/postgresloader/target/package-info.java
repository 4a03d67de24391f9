/**
 * Floor 2: everything that is asked of the PostgreSQL target about data tables: they are made, widened, and written by
 * COPY. Methods take part in the transaction of the calling thread.
 */
package io.postgresloader.target;
