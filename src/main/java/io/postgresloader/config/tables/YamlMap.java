package io.postgresloader.config.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The entries of a YAML map, in the file's order. SnakeYAML's nodes keep repeated keys, so they are reported here. */
final class YamlMap {
    private static final String MERGE = "<<";

    private final String parent;
    private final UnaryOperator<String> identity;
    private final ParseContext context;
    private final Map<String, Integer> seen = new HashMap<>();

    private YamlMap(String parent, UnaryOperator<String> identity, ParseContext context) {
        this.parent = parent;
        this.identity = identity;
        this.context = context;
    }

    /** The entries; their paths begin with {@code parent}, which is empty for the top of the file. */
    static List<YamlValue> entries(Node node, String parent, ParseContext context) {
        return new YamlMap(parent, UnaryOperator.identity(), context).entries(node);
    }

    /** The entries of a map by column, whose names the source compares without case. */
    static List<YamlValue> byColumn(YamlValue map, ParseContext context) {
        return new YamlMap(map.path(), name -> name.toLowerCase(Locale.ROOT), context).entries(map.node());
    }

    private List<YamlValue> entries(Node node) {
        List<YamlValue> entries = new ArrayList<>();
        MappingNode map = (MappingNode) node;
        for (NodeTuple tuple : map.getValue()) {
            if (!merges(tuple)) {
                entry(tuple).ifPresent(entries::add);
            }
        }
        Set<MappingNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
        open.add(map);
        merged(map, open).forEach(tuple -> entry(tuple).ifPresent(entries::add));
        return entries;
    }

    /** The entries that a map takes over with {@code <<} and does not have itself; of two with one name the first. */
    private List<NodeTuple> merged(MappingNode map, Set<MappingNode> open) {
        Map<String, NodeTuple> merged = new LinkedHashMap<>();
        map.getValue().stream().filter(YamlMap::merges).flatMap(this::maps).forEach(other -> {
            if (!open.add(other)) {
                context.problem(YamlValue.lineOf(other), parent, "the map merges itself", "remove the merge key <<");
                return;
            }
            Stream.concat(other.getValue().stream().filter(tuple -> !merges(tuple)), merged(other, open).stream())
                    .forEach(tuple -> merged.putIfAbsent(name(tuple), tuple));
            open.remove(other);
        });
        map.getValue().stream().filter(tuple -> !merges(tuple)).forEach(tuple -> merged.remove(name(tuple)));
        return List.copyOf(merged.values());
    }

    private Stream<MappingNode> maps(NodeTuple merge) {
        Node value = merge.getValueNode();
        List<Node> nodes = value instanceof SequenceNode list ? list.getValue() : List.of(value);
        if (!nodes.stream().allMatch(MappingNode.class::isInstance)) {
            context.problem(
                    YamlValue.lineOf(merge.getKeyNode()),
                    parent.isEmpty() ? MERGE : parent + "." + MERGE,
                    "the value is not a map",
                    "write <<: *NAME, where &NAME marks a map");
        }
        return nodes.stream().filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
    }

    private static boolean merges(NodeTuple tuple) {
        return tuple.getKeyNode().getTag().equals(Tag.MERGE);
    }

    private String name(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? identity.apply(scalar.getValue()) : "";
    }

    private Optional<YamlValue> entry(NodeTuple tuple) {
        Node key = tuple.getKeyNode();
        int line = YamlValue.lineOf(key);
        if (!(key instanceof ScalarNode scalar)
                || scalar.getValue().isBlank()
                || key.getTag().equals(Tag.NULL)) {
            context.problem(line, parent.isEmpty() ? "file" : parent, "the key is not a name", "write NAME: VALUE");
            return Optional.empty();
        }
        String name = scalar.getValue();
        String path = parent.isEmpty() ? name : parent + "." + name;
        Integer first = seen.putIfAbsent(identity.apply(name), line);
        if (first != null) {
            context.problem(line, path, "defined twice, first in line " + first, "keep one");
            return Optional.empty();
        }
        context.lines().put(path, line);
        return Optional.of(new YamlValue(name, path, line, tuple.getValueNode()));
    }
}
