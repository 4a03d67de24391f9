/**
 * Floor 1: type mappings, one class per kind of type. A mapping determines the PostgreSQL type, the SELECT expression,
 * and the encoding of the text bytes as a cell of PostgreSQL's COPY format. {@link io.postgresloader.type.TypeMappings}
 * is the registry.
 */
package io.postgresloader.type;
