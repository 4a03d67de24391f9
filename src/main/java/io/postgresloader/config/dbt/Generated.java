package io.postgresloader.config.dbt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A document with one source, as the loader would write it into a new file.
 *
 * @param document the document: {@code version} and {@code sources}
 * @param configured the tables of the table list, those that the document does not describe among them
 * @param whole whether the document describes all tables of the table list that can be described
 */
public record Generated(Map<String, Object> document, Set<String> configured, boolean whole) {
    /** The key below {@code meta} under which the loader describes a table. */
    public static final String META = "postgres_loader";

    /** What the loader writes of a table or column, apart from a description, which the user may have written. */
    private static final Set<String> WRITTEN = Set.of(
            "name", "data_type", "quote", "config", "meta", "freshness", "loaded_at_field", "columns", "data_tests");

    private static final Set<String> CONFIGURED = Set.of("freshness", "loaded_at_query", "loaded_at_field", "meta");

    Map<String, Object> ofSource() {
        return map(((List<?>) document.get("sources")).get(0));
    }

    /** The name of the source. */
    String source() {
        return (String) ofSource().get("name");
    }

    Map<String, Map<String, Object>> tables() {
        return named(ofSource().get("tables"));
    }

    static Map<String, Map<String, Object>> named(Object list) {
        Map<String, Map<String, Object>> named = new LinkedHashMap<>();
        ((List<?>) list).forEach(element -> named.put((String) map(element).get("name"), map(element)));
        return named;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Whether the loader has described a table. */
    static boolean isOurs(MappingNode table) {
        Optional<Node> config = Nodes.value(table, "config").flatMap(map -> Nodes.value(map, "meta"));
        return config.or(() -> Nodes.value(table, "meta"))
                .flatMap(meta -> Nodes.value(meta, META))
                .isPresent();
    }

    /** Whether an entry has nothing that a user wrote, as far as that can be known. */
    static boolean isOursAlone(MappingNode entry) {
        return entry.getValue().stream().allMatch(Generated::isOurs);
    }

    private static boolean isOurs(NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        Node value = tuple.getValueNode();
        return WRITTEN.contains(key)
                && switch (key) {
                    case "config" -> keys(value, CONFIGURED)
                            && Nodes.value(value, "meta")
                                    .map(Generated::isOurMeta)
                                    .orElse(true);
                    case "meta" -> isOurMeta(value);
                    case "columns" -> value instanceof SequenceNode list
                            && list.getValue().stream()
                                    .allMatch(column -> column instanceof MappingNode map && isOursAlone(map));
                    case "data_tests" -> TestsMerge.areOurs(value);
                    default -> true;
                };
    }

    private static boolean isOurMeta(Node meta) {
        return keys(meta, Set.of(META));
    }

    private static boolean keys(Node map, Set<String> allowed) {
        return map instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .allMatch(tuple ->
                                tuple.getKeyNode() instanceof ScalarNode key && allowed.contains(key.getValue()));
    }
}
