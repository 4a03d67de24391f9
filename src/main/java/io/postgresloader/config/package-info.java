/**
 * Floor 1: the configuration, which is read and checked as a whole before anything uses it. All problems are reported at
 * once, each with file, line, key, what was found and what is allowed.
 *
 * <p>This package holds what its two rooms share. Room {@code settings} reads {@code application.properties} and the
 * environment; room {@code tables} reads {@code tables.yml}. The two rooms do not know each other.
 */
package io.postgresloader.config;
