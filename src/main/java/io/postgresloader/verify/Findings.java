package io.postgresloader.verify;

/**
 * A comparison, with the keys of the rows that differ.
 *
 * @param keys may hold fewer keys than the comparison counted rows; none for a table without a key
 */
record Findings(Comparison comparison, DifferentKeys keys) {}
