package io.postgresloader.config.dbt;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;

/** Writes maps, lists, texts, numbers and booleans as YAML. The same value is always written in the same way. */
final class YamlLines {
    /** How far the elements of a list are to the right of its key. */
    private static final int LIST_INDENT = 2;

    private YamlLines() {}

    /** A whole document in block style, ending with a line end. */
    static String document(Object value) {
        return yaml(FlowStyle.BLOCK).dump(value);
    }

    /** An entry {@code key: value} of a mapping in block style, all lines but the first one indented. */
    static String entry(String key, Object value, int indent) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put(key, value);
        return indented(document(one), indent);
    }

    /** An element {@code - value} of a list in block style, all lines but the first one indented. */
    static String element(Object value, int indent) {
        String list = document(Map.of("list", List.of(value)));
        return indented(list.substring(list.indexOf('\n') + 1).indent(-LIST_INDENT), indent);
    }

    /** A value on one line, for a place within braces or brackets. */
    static String inFlow(Object value) {
        String text = yaml(FlowStyle.FLOW).dump(value);
        return text.strip();
    }

    /** An entry {@code key: value} on one line, for a place within braces. */
    static String entryInFlow(String key, Object value) {
        return inFlow(key) + ": " + inFlow(value);
    }

    /** Whether a value has entries or elements, so that it takes lines of its own. */
    static boolean nested(Object value) {
        return value instanceof Map<?, ?> map && !map.isEmpty()
                || value instanceof Collection<?> list && !list.isEmpty();
    }

    private static String indented(String text, int indent) {
        String margin = " ".repeat(indent);
        return text.stripTrailing()
                .lines()
                .map(line -> line.isEmpty() ? line : margin + line)
                .collect(Collectors.joining("\n"))
                .substring(indent);
    }

    private static Yaml yaml(FlowStyle style) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(style);
        options.setIndicatorIndent(LIST_INDENT);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        // A value that occurs twice is written twice.
        options.setDereferenceAliases(true);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return new Yaml(new Texts(options), options);
    }

    /** A text with a character that YAML does not print would become base64. Here it is quoted, with escapes. */
    private static final class Texts extends Representer {
        Texts(DumperOptions options) {
            super(options);
            representers.put(String.class, this::text);
        }

        private Node text(Object data) {
            String text = (String) data;
            boolean printable = StreamReader.isPrintable(text);
            boolean lines = text.contains("\n") && printable && text.lines().noneMatch(YamlLines::folded);
            ScalarStyle style = lines ? ScalarStyle.LITERAL : printable ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
            return representScalar(Tag.STR, text, style);
        }
    }

    /** Whether a line of a literal text would not be read as it was written. */
    private static boolean folded(String line) {
        return !line.isEmpty() && (Character.isWhitespace(line.charAt(0)) || !line.equals(line.stripTrailing()));
    }
}
