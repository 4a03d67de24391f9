/**
 * Floor 3: what dbt needs to know of the loaded tables: a properties file with sources, and staging models. Both are
 * made of declarations and options only, never of rows.
 */
package io.postgresloader.dbt;
