package io.postgresloader.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * An entry of {@code tables.yml} as a program writes it: comments that say why, and options. The last comment holds a
 * checksum of the options, by which a later run tells whether somebody has changed them since.
 *
 * @param table the table's name
 * @param comments one line each, without the sign
 * @param options key to value, as YAML on one line; see {@link #scalar}, {@link #list}
 */
public record CatalogEntry(String table, List<String> comments, Map<String, String> options) {
    /** Begins the comment with the checksum. */
    static final String MARK = "# analyze ";

    private static final int LONGEST_LINE = 118;
    private static final String INDENT = "  ";

    public CatalogEntry {
        comments = List.copyOf(comments);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A text as a YAML value. */
    public static String scalar(String text) {
        return YamlText.scalar(text);
    }

    /** Texts as a YAML list. */
    public static String list(List<String> texts) {
        return YamlText.list(texts);
    }

    /** The same for the same options, whatever their order. */
    static String checksum(Map<String, String> options) {
        CRC32 sum = new CRC32();
        options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(option -> option.getKey() + ": " + option.getValue() + "\n")
                .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        return String.format("%08x", sum.getValue());
    }

    /** The entry's lines in the file. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(YamlText.scalar(table) + ":");
        comments.forEach(comment -> wrap(comment, lines));
        lines.add(INDENT + MARK + checksum(options));
        options.forEach((key, value) -> lines.add(INDENT + key + ": " + value));
        return lines;
    }

    private static void wrap(String comment, List<String> lines) {
        StringBuilder line = new StringBuilder(INDENT + "#");
        for (String word : comment.split(" ")) {
            if (line.length() + 1 + word.length() > LONGEST_LINE) {
                lines.add(line.toString());
                line = new StringBuilder(INDENT + "#  ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }
}
