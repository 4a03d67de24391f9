/**
 * The table on both sides. A {@link io.postgresloader.load.schema.Preparation} is a {@link
 * io.postgresloader.load.schema.PreparedTable}, whose rows can be read and written, and the {@link
 * io.postgresloader.load.schema.SchemaChange} that the target needs first.
 */
package io.postgresloader.load.schema;
