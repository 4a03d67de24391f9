package io.postgresloader.config.tables;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The text of a {@code tables.yml}, split into its entries, so that one can be replaced while the others, including
 * their comments, stay unchanged.
 *
 * @param head the lines before the first entry
 * @param entries in the order of the file, {@code defaults} among them
 * @param tail blank lines and comments after the last entry
 * @param lineEnd the line separator of the file
 */
public record CatalogText(List<String> head, List<Entry> entries, List<String> tail, String lineEnd) {
    /** The options that {@code analyze} writes, and options that depend on them. Only users write the others. */
    private static final Set<String> WRITTEN = Set.of(
            "primary_key",
            "incremental_columns",
            "incremental_strategy",
            "column_priorities",
            "data_quality_filters",
            "load");

    /** The line ends that SnakeYAML recognizes, so that line numbers are the same. */
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    public CatalogText {
        head = List.copyOf(head);
        entries = List.copyOf(entries);
        tail = List.copyOf(tail);
    }

    /**
     * One entry.
     *
     * @param lead blank lines and comments above it
     * @param lines the entry itself
     * @param written its options of the kind that {@code analyze} writes, each as YAML on one line
     * @param others the lines of its other options
     * @param untouched whether everything except {@code others} is exactly what {@code analyze} wrote
     */
    public record Entry(
            String name,
            List<String> lead,
            List<String> lines,
            Map<String, String> written,
            List<String> others,
            boolean untouched) {
        public Entry {
            lead = List.copyOf(lead);
            lines = List.copyOf(lines);
            written = Map.copyOf(written);
            others = List.copyOf(others);
        }

        /** Whether no user changed the entry or wrote a comment above it. */
        public boolean byProgramAlone() {
            return untouched && others.isEmpty() && lead.stream().allMatch(String::isBlank);
        }

        /** Whether its first comment begins with this word and a colon. */
        public boolean says(String word) {
            return lines.size() > 1 && lines.get(1).strip().startsWith("# " + word + ":");
        }

        /** This entry as {@code analyze} would write it now, with the options that only users write. */
        public Entry replacedBy(CatalogEntry entry) {
            List<String> replaced = new ArrayList<>(entry.lines());
            replaced.addAll(others);
            return new Entry(name, lead, replaced, entry.options(), others, true);
        }
    }

    /** An entry that is not in the file yet. */
    public static Entry entry(CatalogEntry entry) {
        return new Entry(entry.table(), List.of(""), entry.lines(), entry.options(), List.of(), true);
    }

    /**
     * Reads a file in the plain form: each key at the top is a table.
     *
     * @throws ConfigurationException if the file is not valid, or has {@code tables:} at the top
     */
    public static CatalogText read(Path file) {
        CatalogReader.read(file);
        ParseContext context = new ParseContext(file);
        String text = TextFile.read(file, context.problems()).orElse("");
        MappingNode root = (MappingNode) YamlFile.compose(context).orElseThrow();
        boolean blocks = root.getFlowStyle() == FlowStyle.BLOCK
                && root.getStartMark().getColumn() == 0
                && root.getValue().stream()
                        .noneMatch(entry -> name(entry.getKeyNode()).equals("tables"));
        if (!blocks) {
            context.problem(
                    YamlValue.lineOf(root),
                    "file",
                    "the tables are not top-level keys at the left margin",
                    "only that form can be merged; convert a file of the older generator with: analyze --import");
        }
        context.problems().throwIfAny();
        return cut(
                List.of(LINE_END.split(text.stripTrailing())), root.getValue(), text.contains("\r\n") ? "\r\n" : "\n");
    }

    private static CatalogText cut(List<String> lines, List<NodeTuple> tuples, String lineEnd) {
        List<Entry> entries = new ArrayList<>();
        int from = leadOfFirst(lines, start(tuples.get(0)));
        List<String> head = lines.subList(0, from);
        for (int i = 0; i < tuples.size(); i++) {
            int start = start(tuples.get(i));
            int next = i + 1 < tuples.size() ? start(tuples.get(i + 1)) : lines.size();
            int end = leadOf(lines, next, start + 1);
            entries.add(entry(tuples.get(i), lines.subList(from, start), lines.subList(start, end), start));
            from = end;
        }
        return new CatalogText(head, entries, lines.subList(from, lines.size()), lineEnd);
    }

    /** The comment directly above the first entry, if a blank line separates it from comments about the whole file. */
    private static int leadOfFirst(List<String> lines, int first) {
        int lead = first;
        while (lead > 0 && lines.get(lead - 1).startsWith("#")) {
            lead--;
        }
        return lead > 0 && lines.get(lead - 1).isBlank() ? lead - 1 : first;
    }

    /** The first of the blank lines and comments directly above a line, at the left margin. */
    private static int leadOf(List<String> lines, int line, int least) {
        int lead = line;
        while (lead > least
                && (lines.get(lead - 1).isBlank() || lines.get(lead - 1).startsWith("#"))) {
            lead--;
        }
        return lead;
    }

    private static Entry entry(NodeTuple tuple, List<String> lead, List<String> lines, int start) {
        Map<String, String> written = new LinkedHashMap<>();
        List<String> own = new ArrayList<>(lines);
        List<String> others = new ArrayList<>();
        List<NodeTuple> options = tuple.getValueNode() instanceof MappingNode map ? map.getValue() : List.of();
        for (int i = options.size() - 1; i >= 0; i--) {
            String name = name(options.get(i).getKeyNode());
            int from = start(options.get(i)) - start;
            if (WRITTEN.contains(name)) {
                written.put(name, YamlText.of(options.get(i).getValueNode()));
            } else if (from >= 0) { // The lines of an alias belong to another entry.
                int end = i + 1 < options.size() ? start(options.get(i + 1)) - start : lines.size();
                others.addAll(0, lines.subList(from, end));
                own.subList(from, end).clear();
            }
        }
        return new Entry(name(tuple.getKeyNode()), lead, lines, written, others, CatalogEntry.wrote(own));
    }

    private static String name(Node key) {
        return ((ScalarNode) key).getValue();
    }

    private static int start(NodeTuple tuple) {
        return tuple.getKeyNode().getStartMark().getLine();
    }

    /** The whole file. */
    public String text() {
        List<String> lines = new ArrayList<>(head);
        for (Entry entry : entries) {
            lines.addAll(entry.lead());
            lines.addAll(entry.lines());
        }
        lines.addAll(tail);
        return String.join(lineEnd, lines) + lineEnd;
    }
}
