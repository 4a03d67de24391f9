package io.postgresloader.config.tables;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML file, with its name and position for messages.
 *
 * @param name its key in the enclosing map
 * @param path its path in the file, e.g. {@code adjustment.incremental_columns[2]}
 * @param line the line of its key, or of the list element, from 1
 * @param node the value itself
 */
record YamlValue(String name, String path, int line, Node node) {
    private static final int LONGEST_QUOTE = 60;

    static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether the value is null, a blank text or an empty list. */
    boolean isBlank() {
        return isNull()
                || (isList() && items().isEmpty())
                || scalar().filter(String::isBlank).isPresent();
    }

    /** The text of any scalar except null as the file spells it, without quotes: {@code 007} stays {@code 007}. */
    Optional<String> scalar() {
        return node instanceof ScalarNode scalar && !isNull() ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    /** The text of a scalar that YAML reads as a string. */
    Optional<String> text() {
        return node.getTag().equals(Tag.STR) ? scalar() : Optional.empty();
    }

    /** YAML 1.1 also reads on, off, yes and no as booleans. */
    Optional<Boolean> bool() {
        return node.getTag().equals(Tag.BOOL)
                ? scalar().map(s -> List.of("true", "yes", "on").contains(s.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** The elements of a list; none for anything else. */
    List<YamlValue> items() {
        List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        return IntStream.range(0, items.size())
                .mapToObj(i -> new YamlValue(name, path + "[" + i + "]", lineOf(items.get(i)), items.get(i)))
                .toList();
    }

    /** A description of the value for messages, e.g. {@code a list}. */
    String describe() {
        if (isMap()) {
            return "a map";
        }
        if (isList()) {
            return items().isEmpty() ? "an empty list" : "a list";
        }
        return scalar().map(this::describeScalar).orElse("an empty value");
    }

    private String describeScalar(String value) {
        String quoted = "'" + (value.length() > LONGEST_QUOTE ? value.substring(0, LONGEST_QUOTE) + "…" : value) + "'";
        Tag tag = node.getTag();
        if (tag.equals(Tag.BOOL)) {
            return "the boolean " + quoted;
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return "the number " + quoted;
        }
        return quoted;
    }
}
