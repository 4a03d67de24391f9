/**
 * Floor 1: the configuration, which is read and checked completely before anything uses it. All problems are reported
 * at once, each with file, line, key, the problem and what is allowed.
 *
 * <p>This package contains what its two subpackages share. {@code settings} reads {@code application.properties} and
 * the environment; {@code tables} reads {@code tables.yml}. The two do not depend on each other.
 */
package io.postgresloader.config;
