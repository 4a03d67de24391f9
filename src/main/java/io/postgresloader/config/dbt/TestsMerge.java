package io.postgresloader.config.dbt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Merges the tests of a table or column: those that the loader knows to hold are added where they are missing. A test of
 * the same kind that a user has configured stays as it is, and so do all others.
 */
final class TestsMerge {
    static final String TESTS = "data_tests";

    /** Versions before 1.8 of dbt have this key only. A file may have either key in one place. */
    private static final String OLDER = "tests";

    private static final String UNIQUE = "unique";
    private static final Set<String> OURS = Set.of("not_null", UNIQUE);

    /** How the loader writes the columns of a key as one expression. */
    private static final String ROW = "row(";

    private final BlockEdits edits;
    private final List<String> changes;

    TestsMerge(BlockEdits edits, List<String> changes) {
        this.edits = edits;
        this.changes = changes;
    }

    /** Whether the loader may have written all of these tests. */
    static boolean areOurs(Node tests) {
        return tests instanceof SequenceNode list
                && list.getValue().stream()
                        .allMatch(test -> test instanceof ScalarNode plain && OURS.contains(plain.getValue())
                                || row(test).isPresent());
    }

    void merge(MappingNode owner, Object wanted, String path) {
        String key = Nodes.entry(owner, OLDER).isPresent() ? OLDER : TESTS;
        Optional<Node> present = Nodes.value(owner, key).filter(node -> !Nodes.isNull(node));
        List<?> tests = (List<?>) wanted;
        if (present.isEmpty()) {
            tests.forEach(test -> changes.add("+ " + path + ": test " + name(test)));
            edits.addTo(owner, key, tests);
        } else if (edits.isAlias(owner, key) || !(present.get() instanceof SequenceNode)) {
            changes.add("= " + path + ": " + key + " is no list, and is not merged");
        } else {
            tests.forEach(test -> merge((SequenceNode) present.get(), test, path));
        }
    }

    private void merge(SequenceNode present, Object wanted, String path) {
        if (wanted instanceof Map<?, ?> map) {
            mergeKey(present, map, path);
        } else if (present.getValue().stream().noneMatch(test -> name(test).equals(wanted))) {
            changes.add("+ " + path + ": test " + wanted);
            edits.addTo(present, wanted);
        }
    }

    /** The test of a key of several columns. The one of an earlier key would fail. */
    private void mergeKey(SequenceNode present, Map<?, ?> wanted, String path) {
        String row = Rows.of(wanted);
        List<Node> keys = present.getValue().stream()
                .filter(test -> row(test).isPresent())
                .toList();
        if (keys.stream().anyMatch(test -> row(test).orElseThrow().equals(row))) {
            return;
        }
        changes.add((keys.isEmpty() ? "+ " : "~ ") + path + ": test unique of the key");
        if (keys.isEmpty()) {
            edits.addTo(present, wanted);
        } else {
            edits.replaceIn(present, keys.get(0), wanted);
        }
    }

    private static String name(Object test) {
        return test instanceof Map<?, ?> map
                ? String.valueOf(map.keySet().iterator().next())
                : String.valueOf(test);
    }

    private static String name(Node test) {
        Object plain = Nodes.plain(test);
        if (plain instanceof Map<?, ?> map && map.containsKey("test_name")) {
            return String.valueOf(map.get("test_name"));
        }
        return plain instanceof Map<?, ?> map && map.isEmpty() ? "" : name(plain);
    }

    /** The columns of a key that a test is about, if it is one that the loader writes. */
    private static Optional<String> row(Node test) {
        return Nodes.value(test, UNIQUE)
                .flatMap(unique -> Nodes.scalar(unique, "column_name")
                        .or(() -> Nodes.value(unique, "arguments").flatMap(args -> Nodes.scalar(args, "column_name"))))
                .filter(column -> column.startsWith(ROW));
    }

    /** The same of a test that is to be written. */
    private static final class Rows {
        static String of(Map<?, ?> test) {
            Map<?, ?> unique = (Map<?, ?>) test.get(UNIQUE);
            Object arguments = unique.get("arguments");
            return String.valueOf((arguments instanceof Map<?, ?> map ? map : unique).get("column_name"));
        }
    }
}
