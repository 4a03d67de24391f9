package io.postgresloader.config.tables;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.Nearest;
import io.postgresloader.model.TableOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code tables.yml}, which has two forms. Plain: every key at the top is a table, but for {@code defaults}. With
 * a key {@code tables} at the top: the tables are below it, next to {@code metadata}, which is not read, and
 * {@code defaults}. A table whose name is one of these words needs the second form.
 */
public final class CatalogReader {
    private static final String TABLES = "tables";
    private static final String DEFAULTS = "defaults";
    private static final String METADATA = "metadata";

    private final ParseContext context;

    private CatalogReader(Path file) {
        context = new ParseContext(file);
    }

    /**
     * Reads and checks the file. {@link CatalogCheck} checks whether its tables exist.
     *
     * @throws ConfigurationException with all problems in the file
     */
    public static Catalog read(Path file) {
        return new CatalogReader(file).read();
    }

    private Catalog read() {
        Map<String, TableOptions> tables =
                YamlFile.compose(context).map(this::tables).orElse(Map.of());
        context.problems().throwIfAny();
        return new Catalog(context.file(), tables, context.lines(), List.copyOf(context.ignoredKeys()));
    }

    private Map<String, TableOptions> tables(Node root) {
        YamlValue top = new YamlValue("file", "file", YamlValue.lineOf(root), root);
        if (!top.isMap()) {
            context.problem(top, "expected a map of tables to options");
            return Map.of();
        }
        List<YamlValue> entries = YamlMap.entries(root, "", context);
        Optional<YamlValue> wrapper = find(TABLES, entries);
        List<YamlValue> tables = wrapper.map(w -> wrapped(w, entries))
                .orElseGet(() ->
                        entries.stream().filter(e -> !e.name().equals(DEFAULTS)).toList());
        if (tables.isEmpty() && wrapper.map(YamlValue::isMap).orElse(true)) {
            context.problem(top.line(), "file", "no table", "name at least one table");
        }
        return assemble(tables, find(DEFAULTS, entries));
    }

    private List<YamlValue> wrapped(YamlValue wrapper, List<YamlValue> entries) {
        List<String> allowed = List.of(TABLES, DEFAULTS, METADATA);
        entries.stream()
                .filter(e -> !allowed.contains(e.name()))
                .forEach(e -> context.problem(
                        e,
                        "unknown key next to 'tables:'",
                        "move a table below 'tables:'; " + Nearest.hint(e.name(), allowed)));
        if (wrapper.node() instanceof MappingNode) {
            return YamlMap.entries(wrapper.node(), "", context);
        }
        context.problem(wrapper, "expected a map of tables to options");
        return List.of();
    }

    private Map<String, TableOptions> assemble(List<YamlValue> tables, Optional<YamlValue> defaultsEntry) {
        OptionDraft defaults =
                defaultsEntry.map(d -> OptionReader.defaults(d, context)).orElseGet(OptionDraft::new);
        TableAssembler assembler = new TableAssembler(defaults, context);
        defaultsEntry.ifPresent(assembler::checkDefaults);
        Map<String, TableOptions> options = new LinkedHashMap<>();
        for (YamlValue table : tables) {
            options.put(table.name(), assembler.assemble(table, OptionReader.table(table, context)));
        }
        return options;
    }

    private static Optional<YamlValue> find(String name, List<YamlValue> entries) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }
}
