/**
 * Floor 1: one class per kind of type: the PostgreSQL type a MySQL type becomes, how it is selected, and how its text
 * bytes become a cell of PostgreSQL's COPY format. {@link io.postgresloader.type.TypeMappings} is the registry.
 */
package io.postgresloader.type;
