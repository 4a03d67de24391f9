package io.postgresloader.config.dbt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads SnakeYAML's nodes: entries, plain values, and where they are in the text. */
final class Nodes {
    private final String text;
    /** SnakeYAML counts code points: the offset of each of them, if any takes two places in a text of Java. */
    private final int[] offsets;

    /** @param text the text that the nodes were composed from */
    Nodes(String text) {
        this.text = text;
        boolean same = text.codePointCount(0, text.length()) == text.length();
        this.offsets = same ? new int[0] : offsets(text);
    }

    private static int[] offsets(String text) {
        int[] offsets = new int[text.length() + 1];
        int offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 0;
        }
        return offsets;
    }

    static Optional<NodeTuple> entry(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    static Optional<Node> value(Node map, String key) {
        return map instanceof MappingNode mapping ? entry(mapping, key).map(NodeTuple::getValueNode) : Optional.empty();
    }

    /**
     * The mapping that gives a key to this one: itself, or one that it takes in by a merge key ({@code <<: *anchor}); empty:
     * it has no such key.
     */
    static Optional<MappingNode> holder(MappingNode map, String key) {
        return entry(map, key).map(own -> map).or(() -> value(map, "<<").stream()
                .flatMap(node -> node instanceof SequenceNode list ? list.getValue().stream() : Stream.of(node))
                .filter(node -> node instanceof MappingNode && node != map)
                .flatMap(merged -> holder((MappingNode) merged, key).stream())
                .findFirst());
    }

    /** The text of a scalar under a key. */
    static Optional<String> scalar(Node map, String key) {
        return value(map, key).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    /** A value without its spelling: maps, lists, and texts for all else. */
    static Object plain(Node node) {
        if (node instanceof MappingNode map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.getValue().forEach(tuple -> plain.put(plain(tuple.getKeyNode()), plain(tuple.getValueNode())));
            return plain;
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(Nodes::plain).toList();
        }
        return ((ScalarNode) node).getValue();
    }

    /** The same form of a value that is to be written. */
    static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, of) -> plain.put(key, plain(of)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return String.valueOf(value);
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** Whether a collection is written within braces or brackets. */
    static boolean inFlow(Node node) {
        return node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
    }

    /** Whether the value of a key is only referred to there ({@code key: *anchor}), and is written elsewhere. */
    static boolean isAlias(Node key, Node value) {
        return value.getStartMark().getIndex() < key.getEndMark().getIndex();
    }

    int start(Node node) {
        return offset(node.getStartMark());
    }

    /** The end of an entry: of what is written of it, without blank lines and comments after it. */
    int end(NodeTuple tuple) {
        return isAlias(tuple.getKeyNode(), tuple.getValueNode())
                ? offset(tuple.getKeyNode().getEndMark())
                : Math.max(offset(tuple.getKeyNode().getEndMark()), end(tuple.getValueNode()));
    }

    int end(Node node) {
        if (!inFlow(node) && node instanceof MappingNode map && !map.getValue().isEmpty()) {
            return end(map.getValue().get(map.getValue().size() - 1));
        }
        if (!inFlow(node)
                && node instanceof SequenceNode list
                && !list.getValue().isEmpty()) {
            int start = start(list);
            // The last one that is no alias; an alias takes one line.
            return list.getValue().stream()
                    .filter(element -> start(element) >= start)
                    .mapToInt(this::end)
                    .max()
                    .orElse(start);
        }
        int end = offset(node.getEndMark());
        // A literal text ends where the next line begins.
        int last = Math.max(end, start(node));
        while (last > start(node) && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    /** Where a mark is in the text. */
    int offset(Mark mark) {
        return offsets.length == 0 ? mark.getIndex() : offsets[mark.getIndex()];
    }
}
