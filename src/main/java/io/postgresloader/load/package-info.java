/**
 * Floor 3: loads. {@code schema} inspects a table on both sides, {@code plan} decides what a load reads and changes
 * nothing, {@code run} applies the plan chunk by chunk. This package has what the three share.
 */
package io.postgresloader.load;
