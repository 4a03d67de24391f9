/**
 * Floor 3, above {@code load}: compares whole tables row by row, independently of what loads recorded. A comparison reads
 * the source in short pages and the target once, and rechecks each row that seems to differ before it counts.
 */
package io.postgresloader.verify;
