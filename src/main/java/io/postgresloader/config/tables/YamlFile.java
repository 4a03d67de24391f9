package io.postgresloader.config.tables;

import io.postgresloader.config.TextFile;
import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Parses YAML to SnakeYAML's nodes, because only they know their lines. No object is ever constructed from them. */
final class YamlFile {
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
    /** An alias costs nothing here, since nodes are not expanded; each of some hundred tables may use a few. */
    private static final int MOST_ALIASES = 10_000;

    private static final String REMEDY = "mend the YAML";

    private YamlFile() {}

    /** The one document of the file; empty after a problem was recorded. */
    static Optional<Node> compose(ParseContext context) {
        return TextFile.read(context.file(), context.problems()).flatMap(text -> parse(text, context));
    }

    private static Optional<Node> parse(String text, ParseContext context) {
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            if (root == null) {
                context.problem(1, "file", "an empty file", "name at least one table");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            context.problem(line, "file", "a YAML error (" + e.getProblem() + ")", REMEDY);
        } catch (ReaderException e) {
            String character = String.format("the character U+%04X", e.getCodePoint());
            context.problem(lineOf(text, e.getPosition()), "file", character, "take it out: YAML does not allow it");
        } catch (YAMLException e) {
            context.problem(0, "file", "a YAML error (" + e.getMessage() + ")", REMEDY);
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
