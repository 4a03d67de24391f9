package io.postgresloader.dbt;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Problems;
import io.postgresloader.config.TextFile;
import io.postgresloader.config.dbt.Generated;
import io.postgresloader.config.dbt.PropertiesText;
import io.postgresloader.config.dbt.SourcesMerge;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The files for a dbt project: {@code sources.yml}, and the staging models if they are asked for. */
public final class DbtFiles {
    /** The name of the properties file. */
    public static final String SOURCES = "sources.yml";

    private final SourcesDocument document;
    private final boolean staging;
    private final List<DbtTable> tables;
    private final List<String> problems;
    private final Set<String> configured;
    private final boolean whole;

    private DbtFiles(
            SourcesDocument document, boolean staging, TablesReader.Read read, Set<String> configured, boolean whole) {
        this.document = document;
        this.staging = staging;
        this.tables = read.tables();
        this.problems = read.problems();
        this.configured = configured;
        this.whole = whole;
    }

    /**
     * @param sourceName the name of the source in the dbt project
     * @param staging whether there is a model for each table
     */
    public record Options(String sourceName, DbtVersion version, boolean staging) {}

    /**
     * Reads the declarations of tables.
     *
     * @param names tables of the table list
     * @param whole whether these are all tables of the list
     */
    public static DbtFiles of(
            Options options, Catalog catalog, List<String> names, boolean whole, Source source, Warehouse warehouse) {
        return new DbtFiles(
                new SourcesDocument(options.sourceName(), warehouse.schema(), options.version()),
                options.staging(),
                new TablesReader(catalog, source, warehouse).read(names),
                catalog.tables().keySet(),
                whole);
    }

    /** Why tables are left out, one line each. */
    public List<String> problems() {
        return problems;
    }

    public int tables() {
        return tables.size();
    }

    /** The texts of new files, by name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        models().forEach((file, model) -> texts.put(file, ModelText.of(model)));
        texts.put(SOURCES, PropertiesText.of(document.of(tables)));
        return texts;
    }

    /**
     * The files of a directory after a merge.
     *
     * @param texts the texts of new and changed files, by name
     * @param changes one line for each change, and for what was kept although it does not fit
     */
    public record Merged(Map<String, String> texts, List<String> changes) {}

    /**
     * Merges these files into those of a directory.
     *
     * @throws ConfigurationException if a file cannot be read, or is no properties file
     */
    public Merged merge(Path directory) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> changes = new ArrayList<>();
        texts().forEach((file, text) -> {
            Path path = directory.resolve(file);
            if (Files.notExists(path)) {
                texts.put(file, text);
                changes.add("+ " + file);
            } else if (file.equals(SOURCES)) {
                PropertiesText before = PropertiesText.read(path);
                SourcesMerge.Merged merged = SourcesMerge.merge(before, generated());
                changes.addAll(merged.changes());
                if (merged.changes().stream().anyMatch(change -> !change.startsWith("="))) {
                    texts.put(file, merged.text());
                }
            } else {
                ModelText.Merged merged = ModelText.merge(read(path), models().get(file));
                merged.change().ifPresent(changes::add);
                merged.change()
                        .filter(change -> !change.startsWith("="))
                        .ifPresent(c -> texts.put(file, merged.text()));
            }
        });
        return new Merged(texts, changes);
    }

    private Generated generated() {
        return new Generated(document.of(tables), configured, whole, Freshness::ofWritten);
    }

    /** @throws ConfigurationException if two tables would have the same model */
    private Map<String, StagingModel> models() {
        Map<String, StagingModel> models = new LinkedHashMap<>();
        Map<String, String> taken = new HashMap<>();
        for (DbtTable table : staging ? tables : List.<DbtTable>of()) {
            StagingModel model = new StagingModel(document.name(), table);
            // Some file systems take names that differ in case only for one name.
            String other = taken.put(model.name().toLowerCase(Locale.ROOT), table.name());
            if (other != null) {
                throw new ConfigurationException(List.of(new ConfigurationProblem(
                        "command line",
                        0,
                        "--staging",
                        "the tables " + other + " and " + table.name() + " would have the same model " + model.name(),
                        "name the tables without one of them, and write its model yourself")));
            }
            models.put(model.name() + ".sql", model);
        }
        return models;
    }

    /** The text of a file that must be readable. */
    public static String read(Path file) {
        Problems found = new Problems();
        String text = TextFile.read(file, found).orElse("");
        found.throwIfAny();
        return text;
    }
}
