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

    private final BlockEdits edits;
    private final Anchors anchors;
    private final List<String> changes;

    TestsMerge(BlockEdits edits, Anchors anchors, List<String> changes) {
        this.edits = edits;
        this.anchors = anchors;
        this.changes = changes;
    }

    /** Whether the loader may have written all of these tests. */
    static boolean areOurs(Node tests) {
        return tests instanceof SequenceNode list
                && list.getValue().stream()
                        .allMatch(test -> test instanceof ScalarNode plain && OURS.contains(plain.getValue())
                                || KeyTest.of(test).isPresent());
    }

    /** The mapping that has the tests of an element: one that it takes in by a merge key, or itself. */
    MappingNode holder(MappingNode element) {
        return Nodes.holder(element, TESTS)
                .or(() -> Nodes.holder(element, OLDER))
                .orElse(element);
    }

    /** The key of the tests in a mapping. */
    String key(MappingNode holder) {
        return Nodes.entry(holder, OLDER).isPresent() ? OLDER : TESTS;
    }

    /**
     * @param holder has the tests
     * @param element the table or column
     */
    void merge(MappingNode holder, MappingNode element, Object wanted, String path) {
        String key = key(holder);
        Optional<Node> present = Nodes.value(holder, key).filter(node -> !Nodes.isNull(node));
        List<?> tests = (List<?>) wanted;
        if (present.isEmpty()) {
            tests.forEach(test -> changes.add("+ " + path + ": test " + name(test)));
            edits.addTo(holder, key, tests);
        } else if (present.get() instanceof SequenceNode list) {
            tests.forEach(test -> merge(list, element, test, path));
        } else {
            changes.add("= " + path + ": " + key + " is no list, and is not merged");
        }
    }

    private void merge(SequenceNode present, MappingNode element, Object wanted, String path) {
        if (wanted instanceof Map<?, ?> map) {
            mergeKey(present, element, map, path);
        } else if (present.getValue().stream().noneMatch(test -> name(test).equals(wanted))) {
            changes.add("+ " + path + ": test " + wanted);
            edits.addTo(present, wanted);
        }
    }

    /**
     * The test of a key of several columns. The one that the loader wrote for an earlier key would fail: it is replaced,
     * unless a user has changed it. A test of other columns is one that a user wrote.
     */
    private void mergeKey(SequenceNode present, MappingNode table, Map<?, ?> wanted, String path) {
        String row = KeyTest.rowOf(wanted);
        if (present.getValue().stream().anyMatch(test -> KeyTest.row(test).equals(Optional.of(row)))) {
            return;
        }
        Optional<List<String>> earlier = Generated.ourMeta(table)
                .flatMap(meta -> Nodes.value(meta, "key"))
                .map(Nodes::plain)
                .map(key -> key instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of());
        Optional<Node> ours = present.getValue().stream()
                .filter(test -> earlier.isPresent() && KeyTest.of(test).equals(earlier))
                .filter(test -> !anchors.sharesAny(test) && !edits.hasComments(test))
                .findFirst();
        changes.add((ours.isEmpty() ? "+ " : "~ ") + path + ": test unique of the key");
        ours.ifPresentOrElse(test -> edits.replaceIn(present, test, wanted), () -> edits.addTo(present, wanted));
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
}
