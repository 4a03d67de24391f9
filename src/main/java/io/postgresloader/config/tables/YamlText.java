package io.postgresloader.config.tables;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Writes YAML on one line. The same value is always written in the same way, regardless of its spelling in a file. */
final class YamlText {
    /** Control characters and the line ends of YAML. */
    static final Pattern LINE_BREAKING = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** YAML 1.1 reads these words as booleans or null. */
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private YamlText() {}

    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    static String list(List<String> texts) {
        return texts.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    static String of(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof MappingNode map) {
            return map.getValue().stream()
                    .map(entry -> of(entry.getKeyNode()) + ": " + of(entry.getValueNode()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return scalar(((ScalarNode) node).getValue());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (LINE_BREAKING.matcher(Character.toString(c)).matches()) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
