package io.postgresloader.config.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The entries of a YAML map, in the file's order. SnakeYAML's nodes keep repeated keys, so they are reported here. */
final class YamlMap {
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
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            entry(tuple).ifPresent(entries::add);
        }
        return entries;
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
