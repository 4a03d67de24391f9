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
 * @param thresholds what the loader would write
 */
public record Generated(Map<String, Object> document, Set<String> configured, boolean whole, Thresholds thresholds) {
    /** The key below {@code meta} under which the loader describes a table. */
    public static final String META = "postgres_loader";

    /** What the loader writes of a table or column, apart from a description, which the user may have written. */
    private static final Set<String> WRITTEN = Set.of(
            "name", "data_type", "quote", "config", "meta", "freshness", "loaded_at_field", "columns", "data_tests");

    private static final Set<String> CONFIGURED = Set.of("freshness", "loaded_at_query", "loaded_at_field", "meta");

    /** The freshness that the loader writes for a table. */
    public interface Thresholds {
        /**
         * @param schedule of the table, as the loader writes it below {@code meta}
         * @param reconcile the same
         * @return empty if these are not what the loader writes
         */
        Optional<Map<String, Object>> of(String schedule, String reconcile);
    }

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
        return ourMeta(table).isPresent();
    }

    /** What the loader has written below {@code meta} of a table. */
    static Optional<Node> ourMeta(MappingNode table) {
        Optional<Node> config = Nodes.value(table, "config").flatMap(map -> Nodes.value(map, "meta"));
        return config.or(() -> Nodes.value(table, "meta")).flatMap(meta -> Nodes.value(meta, META));
    }

    /** Whether a table or column has nothing that a user wrote, as far as that can be known. */
    boolean isOursAlone(MappingNode entry) {
        return entry.getValue().stream().allMatch(tuple -> isOurs(entry, tuple));
    }

    private boolean isOurs(MappingNode entry, NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        Node value = tuple.getValueNode();
        return WRITTEN.contains(key)
                && switch (key) {
                    case "config" -> isOurConfig(entry, value);
                    case "meta" -> keys(value, Set.of(META));
                    case "freshness" -> isOurFreshness(entry, value);
                    case "columns" -> value instanceof SequenceNode list
                            && list.getValue().stream()
                                    .allMatch(column -> column instanceof MappingNode map && isOursAlone(map));
                    case "data_tests" -> TestsMerge.areOurs(value);
                    default -> true;
                };
    }

    private boolean isOurConfig(MappingNode entry, Node config) {
        return keys(config, CONFIGURED)
                && Nodes.value(config, "meta")
                        .map(meta -> keys(meta, Set.of(META)))
                        .orElse(true)
                && Nodes.value(config, "freshness")
                        .map(freshness -> isOurFreshness(entry, freshness))
                        .orElse(true);
    }

    /** Thresholds that do not follow from the schedule are those of a user. */
    private boolean isOurFreshness(MappingNode table, Node freshness) {
        Optional<Node> meta = ourMeta(table);
        return meta.flatMap(map -> Nodes.scalar(map, "schedule"))
                .flatMap(schedule -> thresholds.of(
                        schedule,
                        meta.flatMap(map -> Nodes.scalar(map, "reconcile")).orElse("")))
                .map(ours -> Nodes.plain(ours).equals(Nodes.plain(freshness)))
                .orElse(false);
    }

    private static boolean keys(Node map, Set<String> allowed) {
        return map instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .allMatch(tuple ->
                                tuple.getKeyNode() instanceof ScalarNode key && allowed.contains(key.getValue()));
    }
}
