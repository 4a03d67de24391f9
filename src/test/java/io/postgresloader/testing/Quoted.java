package io.postgresloader.testing;

/** Names and texts as they stand in SQL. It shares no code with the product, whose quoting is to be tested. */
public final class Quoted {
    private Quoted() {}

    /** A name for MariaDB. */
    public static String mariaDb(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A text for MariaDB, where a backslash is an escape. */
    public static String mariaDbText(String text) {
        return postgresText(text.replace("\\", "\\\\"));
    }

    /** A name for PostgreSQL. */
    public static String postgres(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** {@code schema.name} for PostgreSQL. */
    public static String postgres(String schema, String name) {
        return postgres(schema) + "." + postgres(name);
    }

    /** A text for PostgreSQL. */
    public static String postgresText(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
