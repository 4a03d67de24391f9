/** Sources to load: a database shaped like OpenDental with rows that are made up, and a writer that keeps changing it. */
package io.postgresloader.demo.data;
