package io.postgresloader.config.dbt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** The test {@code unique} of a key of several columns, which the loader writes as one expression: a row as text. */
final class KeyTest {
    private static final String UNIQUE = "unique";
    private static final String COLUMN = "column_name";
    private static final String ARGUMENTS = "arguments";

    private static final String NAME = "\"((?:[^\"]|\"\")+)\"";
    private static final Pattern NAMES = Pattern.compile(NAME);
    private static final Pattern ROW = Pattern.compile("row\\(" + NAME + "(, " + NAME + ")+\\)::text");

    private KeyTest() {}

    /** The columns of a test that is exactly as the loader writes it; empty: a user wrote it, or a part of it. */
    static Optional<List<String>> of(Node test) {
        return row(test)
                .filter(row -> Nodes.plain(test).equals(written(row))
                        || Nodes.plain(test).equals(older(row)))
                .filter(row -> ROW.matcher(row).matches())
                .map(KeyTest::names);
    }

    private static Object written(String row) {
        return Map.of(UNIQUE, Map.of(ARGUMENTS, Map.of(COLUMN, row)));
    }

    /** As versions before 1.10 of dbt read it. */
    private static Object older(String row) {
        return Map.of(UNIQUE, Map.of(COLUMN, row));
    }

    private static List<String> names(String row) {
        return NAMES.matcher(row)
                .results()
                .map((MatchResult name) -> name.group(1).replace("\"\"", "\""))
                .toList();
    }

    /** The expression that a test {@code unique} is about. */
    static Optional<String> row(Node test) {
        return Nodes.value(test, UNIQUE).flatMap(unique -> Nodes.scalar(unique, COLUMN)
                .or(() -> Nodes.value(unique, ARGUMENTS).flatMap(args -> Nodes.scalar(args, COLUMN))));
    }

    /** The same of a test that is to be written. */
    static String rowOf(Map<?, ?> test) {
        Map<?, ?> unique = (Map<?, ?>) test.get(UNIQUE);
        Object arguments = unique.get(ARGUMENTS);
        return String.valueOf((arguments instanceof Map<?, ?> map ? map : unique).get(COLUMN));
    }
}
