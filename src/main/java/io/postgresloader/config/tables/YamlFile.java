package io.postgresloader.config.tables;

import io.postgresloader.config.TextFile;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Parses YAML to SnakeYAML's nodes, because only nodes have line numbers. No object is constructed from them. */
final class YamlFile {
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
    /** An alias needs no memory here, since nodes are not expanded. Each of some hundred tables may use a few. */
    private static final int MOST_ALIASES = 10_000;

    private static final String REMEDY = "correct the YAML";

    private YamlFile() {}

    /** The one document of the file; empty after a problem was recorded. */
    static Optional<Node> compose(ParseContext context) {
        return TextFile.read(context.file(), context.problems()).flatMap(text -> parse(text, context));
    }

    private static Optional<Node> parse(String text, ParseContext context) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            if (root == null) {
                context.problem(1, "file", "the file is empty", "name at least one table");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            context.problem(line, "file", "invalid YAML (" + e.getProblem() + ")", REMEDY);
        } catch (ReaderException e) {
            String character = String.format(Locale.ROOT, "YAML does not allow the character U+%04X", e.getCodePoint());
            context.problem(lineOf(text, e.getPosition()), "file", character, "remove it");
        } catch (YAMLException e) {
            context.problem(0, "file", "invalid YAML (" + e.getMessage() + ")", REMEDY);
        }
        return Optional.empty();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        return options;
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
    }
}
