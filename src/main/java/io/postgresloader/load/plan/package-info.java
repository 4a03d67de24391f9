/**
 * What a load reads. A reader gathers {@link io.postgresloader.load.plan.TableFacts}; the planner, a pure function, turns
 * request, state and facts into a {@link io.postgresloader.load.plan.LoadPlan}, which a load applies and the command
 * {@code plan} prints.
 */
package io.postgresloader.load.plan;
