/** The properties file of a dbt project: read, written, and merged without a change to what users wrote in it. */
package io.postgresloader.config.dbt;
