/**
 * A load that runs: a {@link io.postgresloader.load.run.Claim} on the table, and from chunk to chunk an immutable
 * {@link io.postgresloader.load.run.Position}. What a load leaves in the tracking tables is a
 * {@link io.postgresloader.load.run.StatusRecord}.
 */
package io.postgresloader.load.run;
