package io.postgresloader.dbt;

import io.postgresloader.sql.Identifiers;

/**
 * A table as dbt hands it to macros.
 *
 * @param schema its schema
 * @param identifier its name there
 */
public record DbtRelation(String schema, String identifier) {
    /** For Jinja, which reads properties of beans. */
    public String getSchema() {
        return schema;
    }

    public String getIdentifier() {
        return identifier;
    }

    @Override
    public String toString() {
        return Identifiers.postgres(schema, identifier);
    }
}
