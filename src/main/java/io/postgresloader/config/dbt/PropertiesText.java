package io.postgresloader.config.dbt;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Problems;
import io.postgresloader.config.TextFile;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The text of a properties file, such as {@code sources.yml}.
 *
 * @param file where it was read
 * @param text its lines, which end with {@code \n} here
 * @param lineEnd how its lines end in the file
 */
public record PropertiesText(Path file, String text, String lineEnd) {
    private static final int MOST_CHARACTERS = 64 * 1024 * 1024;
    private static final int MOST_ALIASES = 10_000;

    /** The first line of a file that the loader writes. */
    private static final String HEAD =
            "# Written by: postgres-loader dbt. With --merge it keeps what you add or change.\n";

    /** @throws ConfigurationException if the file cannot be read or is not valid YAML */
    public static PropertiesText read(Path file) {
        Problems problems = new Problems();
        String read = TextFile.read(file, problems).orElse("");
        problems.throwIfAny();
        PropertiesText text =
                new PropertiesText(file, read.replace("\r\n", "\n"), read.contains("\r\n") ? "\r\n" : "\n");
        text.root();
        return text;
    }

    /** The text of a new file. */
    public static String of(Map<String, Object> document) {
        return HEAD + YamlLines.document(document);
    }

    /** How these files are read. */
    static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        return options;
    }

    /** The document. */
    MappingNode root() {
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                return mapping;
            }
            throw problem(1, "file", "no mapping", "a file of dbt properties with the key sources");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw problem(line, "file", "invalid YAML (" + e.getProblem() + ")", "correct the YAML");
        } catch (YAMLException e) {
            throw problem(0, "file", "invalid YAML", "correct the YAML");
        }
    }

    ConfigurationException problem(int line, String key, String found, String allowed) {
        return new ConfigurationException(
                List.of(new ConfigurationProblem(file.toString(), line, key, found, allowed)));
    }

    /** The text with the line ends of the file. */
    String withLineEnds(String changed) {
        return changed.replace("\n", lineEnd);
    }
}
