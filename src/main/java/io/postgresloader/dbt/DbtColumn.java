package io.postgresloader.dbt;

import java.util.Optional;

/**
 * A column of a table in the target.
 *
 * @param type its type as PostgreSQL spells it
 * @param notNull whether it has a value in every row
 * @param comment the comment of the source's column
 */
record DbtColumn(String name, String type, boolean notNull, Optional<String> comment) {}
