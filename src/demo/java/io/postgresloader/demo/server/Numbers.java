package io.postgresloader.demo.server;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables of numbers in SQL. {@code seq_1_to_30} is a table of MariaDB with the column {@code seq}; here it is
 * a query that every product answers, in the order of the numbers.
 */
public final class Numbers {
    private static final Pattern TABLE = Pattern.compile("\\bseq_(\\d+)_to_(\\d+)\\b");

    private static final String DIGITS = IntStream.range(0, 10)
            .mapToObj(digit -> "SELECT " + digit + (digit == 0 ? " AS d" : ""))
            .collect(Collectors.joining(" UNION ALL "));

    private Numbers() {}

    /** A statement with each such table written out. */
    public static String writtenOut(String sql) {
        return TABLE.matcher(sql).replaceAll(Numbers::table);
    }

    private static String table(MatchResult name) {
        long from = Long.parseLong(name.group(1));
        long count = Long.parseLong(name.group(2)) - from + 1;
        int digits = String.valueOf(count - 1).length();
        String value = IntStream.range(0, digits)
                .mapToObj(i -> (long) Math.pow(10, i) + " * d" + i + ".d")
                .collect(Collectors.joining(" + "));
        String tables = IntStream.range(0, digits)
                .mapToObj(i -> "(" + DIGITS + ") d" + i)
                .collect(Collectors.joining(", "));
        // The limit keeps the order: without one a server may drop it.
        return "(SELECT " + from + " + " + value + " AS seq FROM " + tables + " ORDER BY seq LIMIT " + count + ") AS "
                + name.group();
    }
}
