package io.postgresloader.config.dbt;

import java.io.StringReader;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.events.CommentEvent;

/** Where the comments of a text are. */
final class Comments {
    private final String text;
    /** Offsets of their beginnings. */
    private final TreeSet<Integer> starts = new TreeSet<>();

    /** @param text valid YAML */
    Comments(String text, Nodes nodes) {
        this.text = text;
        LoaderOptions options = PropertiesText.options();
        options.setProcessComments(true);
        new Yaml(options).parse(new StringReader(text)).forEach(event -> {
            if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                starts.add(nodes.offset(comment.getStartMark()));
            }
        });
    }

    /** Whether a comment begins in a part of the text. */
    boolean within(int from, int to) {
        Integer first = starts.ceiling(from);
        return first != null && first < to;
    }

    /** The beginning of the lines of comments directly above a line, or of the line itself. */
    int startWithAbove(int startOfLine) {
        int start = startOfLine;
        while (start > 0) {
            int above = text.lastIndexOf('\n', start - 2) + 1;
            if (!text.substring(above, start).strip().startsWith("#")) {
                return start;
            }
            start = above;
        }
        return start;
    }
}
