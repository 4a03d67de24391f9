package io.postgresloader.config.dbt;

import io.postgresloader.config.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Merges a generated document into an existing {@code sources.yml}. What the schema decides is updated; everything else
 * that the file has is kept as it is written: descriptions, thresholds, tests, tags, other keys, comments, order.
 */
public final class SourcesMerge {
    /** The keys whose values the schema or the table list decides. */
    private static final Set<String> OWNED =
            Set.of("schema", "data_type", "quote", "loaded_at_query", "loaded_at_field", Generated.META);

    private static final List<String> LOADED_AT = List.of("loaded_at_query", "loaded_at_field");

    private static final Set<String> DESCENDED = Set.of("config", "meta");

    private final PropertiesText before;
    private final Generated generated;
    private final BlockEdits edits;
    private final TestsMerge tests;
    private final Anchors anchors;
    private final List<String> changes = new ArrayList<>();

    private SourcesMerge(PropertiesText before, MappingNode root, Generated generated) {
        this.before = before;
        this.generated = generated;
        this.edits = new BlockEdits(before.text());
        this.anchors = new Anchors(root);
        this.tests = new TestsMerge(edits, anchors, changes);
    }

    /**
     * The result of a merge.
     *
     * @param text the whole file; the same as before if there is no change
     * @param changes one line for each change, starting with {@code +} added, {@code ~} changed, {@code -} removed, or
     *     {@code =} kept although the loader does not have it
     */
    public record Merged(String text, List<String> changes) {}

    /** @throws ConfigurationException if the file has not the structure of dbt's properties */
    public static Merged merge(PropertiesText before, Generated generated) {
        MappingNode root = before.root();
        SourcesMerge merge = new SourcesMerge(before, root, generated);
        merge.sources(root);
        String text = merge.edits.apply();
        PropertiesText after = new PropertiesText(before.file(), text, before.lineEnd());
        after.root(); // What was merged can be read again.
        return new Merged(before.withLineEnds(text), List.copyOf(merge.changes));
    }

    private void sources(MappingNode root) {
        Optional<Node> sources = Nodes.value(root, "sources").filter(node -> !Nodes.isNull(node));
        Optional<MappingNode> ours = sources.flatMap(list -> named(list, "sources", generated.source()));
        if (ours.isPresent()) {
            String path = "source " + generated.source();
            inOnePlace(ours.get(), false, path, () -> source(ours.get(), path));
            return;
        }
        changes.add("+ source " + generated.source());
        if (sources.isPresent()) {
            edits.addTo((SequenceNode) sources.get(), generated.ofSource());
        } else {
            edits.addTo(root, "sources", generated.document().get("sources"));
        }
    }

    private void source(MappingNode source, String path) {
        Map<String, Object> wanted = new LinkedHashMap<>(generated.ofSource());
        wanted.remove("tables");
        entries(source, wanted, path);
        list(source, "tables", generated.tables(), generated.configured(), "");
    }

    /**
     * Merges into a node. What an anchor puts into several places is not edited, since that would change them all: it is
     * named if it does not fit.
     *
     * @param elsewhere whether the node is written in another place in any case
     */
    private void inOnePlace(Node node, boolean elsewhere, String path, Runnable merge) {
        if (!elsewhere && !anchors.shares(node)) {
            merge.run();
            return;
        }
        int changed = changes.size();
        int edited = edits.count();
        merge.run();
        if (changes.size() > changed) {
            changes.subList(changed, changes.size()).clear();
            edits.keep(edited);
            changes.add(
                    "= " + path + ": a YAML alias has it in several places, so that it is not merged; write it out");
        }
    }

    /** Merges the elements of a list of named mappings: tables, columns. */
    private void list(
            MappingNode owner, String key, Map<String, Map<String, Object>> wanted, Set<String> known, String path) {
        MappingNode holder = Nodes.holder(owner, key).orElse(owner);
        Optional<Node> list = Nodes.value(holder, key).filter(node -> !Nodes.isNull(node));
        if (list.isEmpty()) {
            wanted.keySet().forEach(name -> changes.add("+ " + path + name));
            edits.addTo(owner, key, List.copyOf(wanted.values()));
            return;
        }
        inOnePlace(list.get(), holder != owner, path + key, () -> elements(list.get(), wanted, known, path, key));
    }

    private void elements(
            Node list, Map<String, Map<String, Object>> wanted, Set<String> known, String path, String key) {
        Map<String, MappingNode> present = named(list, path + key);
        wanted.forEach((name, value) -> {
            if (present.containsKey(name)) {
                MappingNode element = present.get(name);
                inOnePlace(element, false, path + name, () -> element(element, value, path + name));
            } else {
                changes.add("+ " + path + name);
                edits.addTo((SequenceNode) list, value);
            }
        });
        superfluous((SequenceNode) list, known, path);
    }

    private void element(MappingNode element, Map<String, Object> wanted, String path) {
        boolean table = wanted.containsKey("columns");
        Map<String, Object> entries = table ? placed(element, wanted, path) : new LinkedHashMap<>(wanted);
        entries.remove("columns");
        entries(element, entries, path);
        if (table) {
            Map<String, Map<String, Object>> columns = Generated.named(wanted.get("columns"));
            list(element, "columns", columns, columns.keySet(), path + ".");
        }
    }

    private void entries(MappingNode element, Map<String, Object> wanted, String path) {
        wanted.forEach((key, value) -> {
            MappingNode holder = Nodes.holder(element, key).orElse(element);
            Optional<Node> present = Nodes.value(holder, key);
            if (key.equals(TestsMerge.TESTS)) {
                tests(element, value, path);
            } else if (present.isEmpty() || Nodes.isNull(present.get()) && OWNED.contains(key)) {
                add(element, key, value, path);
            } else if (OWNED.contains(key)) {
                own(element, holder, key, value, path);
            } else if (DESCENDED.contains(key) && present.get() instanceof MappingNode map) {
                inOnePlace(map, holder != element, path + ": " + key, () -> entries(map, Generated.map(value), path));
            }
        });
    }

    private void tests(MappingNode element, Object wanted, String path) {
        MappingNode holder = tests.holder(element);
        Node list = Nodes.value(holder, tests.key(holder)).orElse(holder);
        boolean elsewhere = holder != element;
        inOnePlace(list, elsewhere, path + ": " + tests.key(holder), () -> tests.merge(holder, element, wanted, path));
    }

    private void add(MappingNode element, String key, Object value, String path) {
        changes.add("+ " + path + ": " + key);
        edits.addTo(element, key, value);
    }

    private void own(MappingNode element, MappingNode holder, String key, Object value, String path) {
        Node node = Nodes.value(holder, key).orElseThrow();
        Object present = Nodes.plain(node);
        if (present.equals(Nodes.plain(value))) {
            return;
        }
        boolean scalars = present instanceof String && !YamlLines.nested(value);
        String change = path + ": " + key + (scalars ? " " + present + " → " + value : "");
        if (holder != element) {
            // The entry here takes the place of the one that is merged in.
            edits.addTo(element, key, value);
        } else if (anchors.sharesAny(node) && !edits.isAlias(element, key)) {
            changes.add("= " + change + ": other places refer to it by a YAML alias, so that it is not merged");
            return;
        } else if (node instanceof MappingNode map && edits.hasComments(map)) {
            ownEntries(map, Generated.map(value));
        } else {
            edits.set(element, key, value);
        }
        changes.add("~ " + change);
    }

    /** Updates single entries of a mapping in which there are comments. */
    private void ownEntries(MappingNode map, Map<String, Object> wanted) {
        wanted.forEach((key, value) -> {
            Optional<Node> present = Nodes.value(map, key);
            if (present.isEmpty()) {
                edits.addTo(map, key, value);
            } else if (!Nodes.plain(present.get()).equals(Nodes.plain(value))) {
                edits.set(map, key, value);
            }
        });
        map.getValue().stream()
                .map(tuple -> String.valueOf(Nodes.plain(tuple.getKeyNode())))
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> edits.remove(map, key));
    }

    /**
     * Older versions of dbt have some configurations at the table itself, newer ones below {@code config}. Thresholds stay
     * where the file has them. dbt does not allow two ways to say when a table was loaded: the other one is removed.
     */
    private Map<String, Object> placed(MappingNode table, Map<String, Object> wanted, String path) {
        Map<String, Object> placed = new LinkedHashMap<>(wanted);
        Optional<MappingNode> config = Nodes.value(table, "config")
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast);
        Map<String, Object> wantedConfig = new LinkedHashMap<>(Generated.map(wanted.getOrDefault("config", Map.of())));
        if (Nodes.holder(table, "freshness").isPresent()) {
            wantedConfig.remove("freshness");
        }
        if (config.flatMap(map -> Nodes.holder(map, "freshness")).isPresent()) {
            placed.remove("freshness");
        }
        for (String key : LOADED_AT) {
            removeUnwanted(table, placed, key, path);
            config.ifPresent(map ->
                    inOnePlace(map, false, path + ": config", () -> removeUnwanted(map, wantedConfig, key, path)));
        }
        if (placed.containsKey("config")) {
            placed.put("config", wantedConfig);
        }
        return placed;
    }

    private void removeUnwanted(MappingNode map, Map<String, Object> wanted, String key, String path) {
        Optional<Node> present = Nodes.value(map, key).filter(node -> !wanted.containsKey(key));
        if (present.isEmpty()) {
            return;
        }
        if (anchors.sharesAny(present.get()) && !edits.isAlias(map, key)) {
            changes.add("= " + path + ": " + key + ": other places refer to it by a YAML alias, so that it stays");
        } else {
            changes.add("- " + path + ": " + key);
            edits.remove(map, key);
        }
    }

    /** Elements that are no longer wanted: removed if the loader wrote all of them, otherwise kept and named. */
    private void superfluous(SequenceNode list, Set<String> wanted, String path) {
        boolean tables = path.isEmpty();
        named(list, path + (tables ? "tables" : "columns")).forEach((name, element) -> {
            if (wanted.contains(name) || tables && (!generated.whole() || !Generated.isOurs(element))) {
                return;
            }
            String why = tables ? "the table is not in the table list" : "the target has no such column";
            if (generated.isOursAlone(element) && !anchors.sharesAny(element) && edits.removeFrom(list, element)) {
                changes.add("- " + path + name + ": " + why);
            } else {
                changes.add("= " + path + name + ": " + why + ", but the entry has more than the loader writes:"
                        + " remove it, or correct its name");
            }
        });
    }

    private Optional<MappingNode> named(Node list, String key, String name) {
        return Optional.ofNullable(named(list, key).get(name));
    }

    private Map<String, MappingNode> named(Node list, String path) {
        if (!(list instanceof SequenceNode sequence)) {
            throw structure(list, path, "no list", "a list, each element with a name");
        }
        Map<String, MappingNode> named = new LinkedHashMap<>();
        for (Node element : sequence.getValue()) {
            String name = Nodes.scalar(element, "name")
                    .orElseThrow(() -> structure(element, path, "an element without a name", "name: of each element"));
            if (named.put(name, (MappingNode) element) != null) {
                throw structure(element, path, "two elements with the name " + name, "each name once");
            }
        }
        return named;
    }

    private ConfigurationException structure(Node node, String path, String found, String allowed) {
        return before.problem(node.getStartMark().getLine() + 1, path, found, allowed);
    }
}
