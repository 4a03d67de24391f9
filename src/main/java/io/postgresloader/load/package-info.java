/**
 * Floor 3: one load of one table, without Camel: what it reads and why ({@link io.postgresloader.load.LoadPlanner}),
 * how it goes on chunk by chunk ({@link io.postgresloader.load.LoadRun}), how it begins and ends
 * ({@link io.postgresloader.load.Loads}).
 */
package io.postgresloader.load;
