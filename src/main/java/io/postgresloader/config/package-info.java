/**
 * Floor 1: {@code tables.yml} and {@code application.properties}, read and checked as a whole before anything uses
 * them. All problems are reported at once, each with file, line, key, what was found and what is allowed.
 */
package io.postgresloader.config;
