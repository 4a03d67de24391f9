/**
 * Floor 3, above {@code load}: compares whole tables row by row, whatever the loads did. The source is read in short
 * pages, the target in one pass; what looks different is looked at again before it counts.
 */
package io.postgresloader.verify;
