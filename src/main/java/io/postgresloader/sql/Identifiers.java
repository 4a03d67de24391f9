package io.postgresloader.sql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The one place that quotes identifiers. */
public final class Identifiers {
    /** NAMEDATALEN - 1: PostgreSQL silently cuts longer names, so that two of them may become one. */
    public static final int POSTGRES_BYTES = 63;

    private Identifiers() {}

    /** A name for MySQL and MariaDB: in backticks, a backtick doubled. */
    public static String mysql(String name) {
        return "`" + withoutNul(name).replace("`", "``") + "`";
    }

    /**
     * A name for PostgreSQL: in double quotes, a double quote doubled.
     *
     * @throws IllegalArgumentException when the name is empty or longer than {@value #POSTGRES_BYTES} bytes
     */
    public static String postgres(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > POSTGRES_BYTES) {
            throw new IllegalArgumentException(
                    "the name \"" + name + "\" has " + bytes + " bytes; PostgreSQL takes 1 to " + POSTGRES_BYTES);
        }
        return "\"" + withoutNul(name).replace("\"", "\"\"") + "\"";
    }

    /** {@code schema.name}, both quoted for PostgreSQL. */
    public static String postgres(String schema, String name) {
        return postgres(schema) + "." + postgres(name);
    }

    /** A text as a constant for PostgreSQL: in quotes, a quote doubled. */
    public static String literal(String text) {
        return "'" + withoutNul(text).replace("'", "''") + "'";
    }

    static String mysqlList(List<String> names) {
        return names.stream().map(Identifiers::mysql).collect(Collectors.joining(", "));
    }

    static String postgresList(List<String> names) {
        return names.stream().map(Identifiers::postgres).collect(Collectors.joining(", "));
    }

    private static String withoutNul(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name with a NUL character cannot be quoted");
        }
        return name;
    }
}
