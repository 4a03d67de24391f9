package io.postgresloader.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One spelling for each type of a source column. Versions of MySQL and MariaDB spell the same type differently: the
 * upgrade of a server changes no value, and is no change of a schema.
 */
final class TypeSpelling {
    /** MySQL has given up the display width in 8.0.19, except that of {@code tinyint(1)} and with {@code zerofill}. */
    private static final Pattern WIDTH = Pattern.compile("^(tinyint|smallint|mediumint|int|bigint)\\((\\d+)\\)(.*)");

    /** Old formats of the same type, e.g. MariaDB's {@code datetime /* mariadb-5.3 *}{@code /}. */
    private static final Pattern COMMENT = Pattern.compile(" /\\*[^']*?\\*/");

    private static final Pattern UTF8 = Pattern.compile(" utf8$");

    private TypeSpelling() {}

    /** @param declared a type as in {@link Column#declared} */
    static String of(String declared) {
        String type = UTF8.matcher(COMMENT.matcher(declared).replaceAll("")).replaceFirst(" utf8mb3");
        Matcher width = WIDTH.matcher(type);
        if (width.matches()) {
            boolean kept = type.startsWith("tinyint(1)") || type.contains("zerofill");
            return kept ? type : width.group(1) + width.group(3);
        }
        return switch (type) {
            case "year(4)" -> "year";
            case "geometrycollection" -> "geomcollection";
            default -> type;
        };
    }
}
