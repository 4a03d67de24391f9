package io.postgresloader.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The text of a {@code tables.yml}, cut into its entries, so that one can be exchanged and all others stay as they were
 * written, comments and all.
 *
 * @param head the lines before the first entry
 * @param entries in the order of the file, {@code defaults} among them
 */
public record CatalogText(List<String> head, List<Entry> entries) {
    /** What {@link CatalogEntry} writes, and what goes with it; the other options are for people alone. */
    private static final Set<String> WRITTEN = Set.of(
            "primary_key",
            "incremental_columns",
            "incremental_strategy",
            "column_priorities",
            "data_quality_filters",
            "load");

    public CatalogText {
        head = List.copyOf(head);
        entries = List.copyOf(entries);
    }

    /**
     * One entry.
     *
     * @param lead blank lines and comments above it; those above the first entry are the head
     * @param lines the entry itself
     * @param written its options of the kind that a program writes, each as YAML on one line
     * @param others the lines of its other options
     */
    public record Entry(
            String name, List<String> lead, List<String> lines, Map<String, String> written, List<String> others) {
        public Entry {
            lead = List.copyOf(lead);
            lines = List.copyOf(lines);
            written = Map.copyOf(written);
            others = List.copyOf(others);
        }

        /** Whether its options are still what a program wrote. */
        public boolean untouched() {
            String mark = CatalogEntry.MARK + CatalogEntry.checksum(written);
            return lines.stream().anyMatch(line -> line.strip().equals(mark));
        }

        /** This entry with new options, keeping those that only people write. */
        public Entry replacedBy(CatalogEntry entry) {
            List<String> replaced = new ArrayList<>(entry.lines());
            replaced.addAll(others);
            return new Entry(name, lead, replaced, entry.options(), others);
        }
    }

    /** An entry that is not in the file yet. */
    public static Entry entry(CatalogEntry entry) {
        return new Entry(entry.table(), List.of(""), entry.lines(), entry.options(), List.of());
    }

    /**
     * Reads a file in the plain form: a table in each key at the top.
     *
     * @throws ConfigurationException when it is wrong, or in the form with {@code tables:} at the top
     */
    public static CatalogText read(Path file) {
        CatalogReader.read(file);
        Reading reading = new Reading(file);
        String text = TextFile.read(file, reading.problems()).orElse("");
        MappingNode root = (MappingNode) YamlFile.compose(reading).orElseThrow();
        boolean blocks = root.getFlowStyle() == FlowStyle.BLOCK
                && root.getValue().stream()
                        .noneMatch(entry -> name(entry.getKeyNode()).equals("tables"));
        if (!blocks) {
            reading.problem(
                    YamlValue.lineOf(root),
                    "file",
                    "not one entry a table at the top",
                    "only that form can be merged; rewrite a file of the older generator with: analyze --import");
        }
        reading.problems().throwIfAny();
        return cut(List.of(text.split("\r?\n")), root.getValue());
    }

    private static CatalogText cut(List<String> lines, List<NodeTuple> tuples) {
        List<Entry> entries = new ArrayList<>();
        int from = start(tuples.get(0));
        List<String> head = lines.subList(0, from);
        for (int i = 0; i < tuples.size(); i++) {
            int start = start(tuples.get(i));
            int next = i + 1 < tuples.size() ? start(tuples.get(i + 1)) : lines.size();
            int end = i + 1 < tuples.size() ? leadOf(lines, next, start + 1) : next;
            entries.add(entry(tuples.get(i), lines.subList(from, start), lines.subList(start, end), start));
            from = end;
        }
        return new CatalogText(head, entries);
    }

    /** Where the blank lines and comments begin that stand above a line, at the left margin. */
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
        List<String> others = new ArrayList<>();
        List<NodeTuple> options = tuple.getValueNode() instanceof MappingNode map ? map.getValue() : List.of();
        for (int i = 0; i < options.size(); i++) {
            String name = name(options.get(i).getKeyNode());
            if (WRITTEN.contains(name)) {
                written.put(name, YamlText.of(options.get(i).getValueNode()));
            } else {
                int end = i + 1 < options.size() ? start(options.get(i + 1)) - start : lines.size();
                others.addAll(lines.subList(start(options.get(i)) - start, end));
            }
        }
        return new Entry(name(tuple.getKeyNode()), lead, lines, written, others);
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
        return String.join("\n", lines) + "\n";
    }
}
