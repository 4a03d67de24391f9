package io.postgresloader.config.dbt;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Edits the text of a YAML document by its nodes. What is not edited keeps its spelling, comments and blank lines. */
final class BlockEdits {
    private final String text;
    private final TextEdits edits;
    private final Nodes nodes;
    private final Comments comments;

    /** Collections within braces or brackets to which something was added. */
    private final Set<Node> filled = Collections.newSetFromMap(new IdentityHashMap<>());

    BlockEdits(String text) {
        this.text = text.endsWith("\n") ? text : text + "\n";
        this.edits = new TextEdits(this.text);
        this.nodes = new Nodes(this.text);
        this.comments = new Comments(this.text, nodes);
    }

    /** The edited text. */
    String apply() {
        return edits.apply();
    }

    /** Whether the value of a key is only referred to there, and is written elsewhere. */
    boolean isAlias(MappingNode owner, String key) {
        return Nodes.entry(owner, key)
                .filter(tuple -> Nodes.isAlias(tuple.getKeyNode(), tuple.getValueNode()))
                .isPresent();
    }

    /** How many edits there are. */
    int count() {
        return edits.count();
    }

    /** Takes back all edits but the first ones. */
    void keep(int count) {
        edits.keep(count);
    }

    /** Whether there is a comment between the first and the last character of a node. */
    boolean hasComments(Node node) {
        return comments.within(nodes.start(node), nodes.end(node));
    }

    /** Adds an entry at the end of a mapping, or gives an entry without a value this one. */
    void addTo(MappingNode map, String key, Object value) {
        Optional<NodeTuple> empty = Nodes.entry(map, key);
        if (empty.isPresent()) {
            replace(map, empty.get(), key, value);
        } else if (Nodes.inFlow(map)) {
            addInFlow(map, map.getValue().isEmpty(), YamlLines.entryInFlow(key, value));
        } else {
            NodeTuple last = map.getValue().get(map.getValue().size() - 1);
            int column = column(map);
            edits.insertBelow(nodes.end(last), " ".repeat(column) + YamlLines.entry(key, value, column), 2 * column);
        }
    }

    /** Adds an element at the end of a list. */
    void addTo(SequenceNode list, Object value) {
        if (Nodes.inFlow(list)) {
            addInFlow(list, list.getValue().isEmpty(), YamlLines.inFlow(value));
        } else {
            int column = list.getStartMark().getColumn();
            String lines = " ".repeat(column) + YamlLines.element(value, column);
            // The list under a key may be as far to the left as the key.
            edits.insertBelow(nodes.end(list), lines, 2 * column + 1);
        }
    }

    private void addInFlow(Node collection, boolean empty, String added) {
        edits.insert(nodes.end(collection) - 1, (empty && filled.add(collection) ? "" : ", ") + added);
    }

    /** Replaces the value of an entry. */
    void set(MappingNode map, String key, Object value) {
        replace(map, Nodes.entry(map, key).orElseThrow(), key, value);
    }

    private void replace(MappingNode map, NodeTuple tuple, String key, Object value) {
        int start = nodes.start(tuple.getKeyNode());
        String entry = Nodes.inFlow(map) ? YamlLines.entryInFlow(key, value) : YamlLines.entry(key, value, column(map));
        edits.replace(start, entryEnd(tuple), entry);
    }

    /** The end of an entry, the whole alias included if its value is one. */
    private int entryEnd(NodeTuple tuple) {
        int end = nodes.end(tuple);
        if (Nodes.isAlias(tuple.getKeyNode(), tuple.getValueNode())) {
            end = text.indexOf('*', end);
            while (end < text.length()
                    && !Character.isWhitespace(text.charAt(end))
                    && ",}]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
        }
        return end;
    }

    /** Replaces an element of a list. */
    void replaceIn(SequenceNode list, Node element, Object value) {
        String text = Nodes.inFlow(list)
                ? YamlLines.inFlow(value)
                : YamlLines.element(value, list.getStartMark().getColumn()).substring("- ".length());
        edits.replace(nodes.start(element), nodes.end(element), text);
    }

    /** Removes an entry of a mapping, with its lines. */
    void remove(MappingNode map, String key) {
        NodeTuple tuple = Nodes.entry(map, key).orElseThrow();
        int start = nodes.start(tuple.getKeyNode());
        int end = entryEnd(tuple);
        if (!Nodes.inFlow(map) && onlyBlanksBefore(start)) {
            // A comment behind it stays.
            if (comments.within(end, edits.endOfLine(end))) {
                edits.replace(start, end, "");
            } else {
                edits.removeLines(start, end);
            }
        } else if (Nodes.inFlow(map)) {
            removeInFlow(start, end);
        } else {
            // The first entry of an element of a list: the next one takes its place behind the dash.
            edits.replace(start, nextStart(map, tuple).orElse(end), "");
        }
    }

    private Optional<Integer> nextStart(MappingNode map, NodeTuple tuple) {
        int index = map.getValue().indexOf(tuple);
        return index + 1 < map.getValue().size()
                ? Optional.of(nodes.start(map.getValue().get(index + 1).getKeyNode()))
                : Optional.empty();
    }

    /**
     * Removes an element of a list, with its lines; false, and nothing is removed, if its lines cannot be known, or have a
     * comment, as the lines directly above may.
     */
    boolean removeFrom(SequenceNode list, Node element) {
        int start = nodes.start(element);
        if (start < nodes.start(list)) {
            return false; // An alias, whose element is written elsewhere.
        }
        if (Nodes.inFlow(list)) {
            if (comments.within(start, nodes.end(element))) {
                return false;
            }
            removeInFlow(start, nodes.end(element));
            return true;
        }
        int dash = start - 1;
        while (dash >= 0 && Character.isWhitespace(text.charAt(dash))) {
            dash--;
        }
        if (dash < 0 || text.charAt(dash) != '-' || !onlyBlanksBefore(dash)) {
            return false;
        }
        if (comments.within(comments.startWithAbove(edits.startOfLine(dash)), edits.endOfLine(nodes.end(element)))) {
            return false;
        }
        edits.removeLines(dash, nodes.end(element));
        return true;
    }

    private void removeInFlow(int start, int end) {
        int after = end;
        while (after < text.length() && (Character.isWhitespace(text.charAt(after)) || text.charAt(after) == ',')) {
            after++;
        }
        boolean last = after < text.length() && "}]".indexOf(text.charAt(after)) >= 0;
        int before = start;
        while (last
                && before > 0
                && (Character.isWhitespace(text.charAt(before - 1)) || text.charAt(before - 1) == ',')) {
            before--;
        }
        edits.replace(last ? before : start, last ? end : after, "");
    }

    private boolean onlyBlanksBefore(int offset) {
        return text.substring(edits.startOfLine(offset), offset).isBlank();
    }

    private static int column(MappingNode map) {
        return map.getValue().get(0).getKeyNode().getStartMark().getColumn();
    }
}
