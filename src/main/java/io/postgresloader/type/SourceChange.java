package io.postgresloader.type;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change of a column's type in the source, with types as in {@link io.postgresloader.model.Column#declared}. MySQL
 * and MariaDB rewrite values when a column becomes narrower or gets a different type, and cursor columns do not show
 * it.
 */
public final class SourceChange {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9]+)(?:\\((.*)\\))?( unsigned)?(?: zerofill)?(?: (\\w+))?");
    private static final List<String> INTEGERS = List.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final List<String> SAME_BUT_LONGER =
            List.of("varchar", "char", "varbinary", "datetime", "timestamp", "time", "bit", "float", "double", "date");
    /** The maximum number of bytes of each text and blob type. */
    private static final Map<String, Long> BYTES = Map.of(
            "tinytext", 255L,
            "text", 65_535L,
            "mediumtext", 16_777_215L,
            "longtext", 4_294_967_295L,
            "tinyblob", 255L,
            "blob", 65_535L,
            "mediumblob", 16_777_215L,
            "longblob", 4_294_967_295L);

    private static final int BYTES_OF_CHARACTER = 4;

    private SourceChange() {}

    /** Whether the change keeps all values. */
    public static boolean keepsValues(String before, String now) {
        Matcher from = FORM.matcher(before);
        Matcher to = FORM.matcher(now);
        return before.equals(now)
                || from.matches() && to.matches() && sameCharacters(from.group(4), to.group(4)) && wider(from, to);
    }

    private static boolean sameCharacters(String before, String now) {
        boolean toFourBytes = "utf8mb4".equals(now) && ("utf8mb3".equals(before) || "utf8".equals(before));
        return toFourBytes || Objects.equals(before, now);
    }

    private static boolean wider(Matcher from, Matcher to) {
        String before = from.group(1);
        String now = to.group(1);
        boolean sameSign = (from.group(3) == null) == (to.group(3) == null);
        if (INTEGERS.contains(before) && INTEGERS.contains(now)) {
            return sameSign && INTEGERS.indexOf(now) >= INTEGERS.indexOf(before);
        }
        if (BYTES.containsKey(now)) {
            return now.endsWith("blob") == (before.endsWith("blob") || before.equals("varbinary"))
                    && BYTES.get(now) >= bytes(before, from.group(2));
        }
        if (!before.equals(now)) {
            return before.equals("date") && now.equals("datetime") || before.equals("float") && now.equals("double");
        }
        return switch (now) {
            case "decimal" -> sameSign && decimal(from.group(2), to.group(2));
            case "enum", "set" -> to.group(2).startsWith(from.group(2));
            default -> SAME_BUT_LONGER.contains(now) && sameSign && number(to.group(2)) >= number(from.group(2));
        };
    }

    /** The maximum number of bytes of a value; greater than that of any other type if the type has no length. */
    private static long bytes(String type, String length) {
        return switch (type) {
            case "varchar", "char" -> BYTES_OF_CHARACTER * (long) number(length);
            case "varbinary" -> number(length);
            default -> BYTES.getOrDefault(type, Long.MAX_VALUE);
        };
    }

    private static boolean decimal(String before, String now) {
        String[] from = before.split(",");
        String[] to = now.split(",");
        int moreDecimals = number(to[1]) - number(from[1]);
        return moreDecimals >= 0 && number(to[0]) - number(from[0]) >= moreDecimals;
    }

    private static int number(String text) {
        return text == null || !text.matches("\\d+") ? 0 : Integer.parseInt(text);
    }
}
