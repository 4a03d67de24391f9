package io.postgresloader.config.tables;

import io.postgresloader.config.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads a {@code tables.yml} of the older generator, including keys that have no meaning in {@link Catalog}. */
public final class OlderFile {
    /** Options of the loader that the older generator also writes. */
    private static final Set<String> WRITTEN = Set.of(
            "primary_key",
            "incremental_columns",
            "incremental_strategy",
            "extraction_strategy",
            "primary_incremental_column");

    private OlderFile() {}

    /**
     * The tables in the order of the file.
     *
     * @throws ConfigurationException if the file is not valid, or no table has an {@code extraction_strategy}
     */
    public static List<OlderTable> read(Path file) {
        CatalogReader.read(file);
        ParseContext context = new ParseContext(file);
        List<YamlValue> top = YamlMap.entries(YamlFile.compose(context).orElseThrow(), "", context);
        List<YamlValue> tables = top.stream()
                .filter(entry -> entry.name().equals("tables") && entry.isMap())
                .findFirst()
                .map(entry -> YamlMap.entries(entry.node(), "", context))
                .orElse(top);
        List<OlderTable> older =
                tables.stream().map(table -> table(table, context)).toList();
        if (older.stream().noneMatch(table -> table.extraction().isPresent())) {
            context.problem(
                    0, "file", "no table has an extraction_strategy", "name a tables.yml of the older generator");
        }
        context.problems().throwIfAny();
        return older;
    }

    private static OlderTable table(YamlValue table, ParseContext context) {
        Map<String, YamlValue> said = new HashMap<>();
        if (table.node() instanceof MappingNode) {
            YamlMap.entries(table.node(), "", context).forEach(entry -> said.put(entry.name(), entry));
        }
        Optional<String> primary = text(said, "primary_incremental_column").filter(column -> !column.equals("none"));
        List<String> columns = new ArrayList<>(primary.stream().toList());
        texts(said, "incremental_columns").stream()
                .filter(column -> !columns.contains(column))
                .forEach(columns::add);
        return new OlderTable(
                table.name(),
                text(said, "extraction_strategy"),
                texts(said, "primary_key"),
                primary,
                columns,
                text(said, "incremental_strategy"),
                text(said, "sync_profile").filter("in_place_updates"::equals).isPresent(),
                said.keySet().stream()
                        .filter(key -> OptionKey.of(key).isPresent() && !WRITTEN.contains(key))
                        .sorted()
                        .toList());
    }

    private static Optional<String> text(Map<String, YamlValue> said, String key) {
        return texts(said, key).stream().findFirst();
    }

    /** A text, or the texts of a list. */
    private static List<String> texts(Map<String, YamlValue> said, String key) {
        YamlValue value = said.get(key);
        if (value == null || value.isBlank()) {
            return List.of();
        }
        return value.isList()
                ? value.items().stream().flatMap(item -> item.scalar().stream()).toList()
                : value.scalar().stream().toList();
    }
}
