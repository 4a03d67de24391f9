/**
 * A load that runs: a {@link io.postgresloader.load.run.Claim} on the table, and from chunk to chunk an immutable
 * {@link io.postgresloader.load.run.Position}. {@link io.postgresloader.load.run.Claims} takes and releases
 * tables, {@link io.postgresloader.load.run.Loads} and {@link io.postgresloader.load.run.Chunks} are the steps, and
 * {@link io.postgresloader.load.run.RetryRule} says which failures are followed by another attempt. What a load leaves in the
 * tracking tables is a {@link io.postgresloader.load.run.StatusRecord}.
 */
package io.postgresloader.load.run;
