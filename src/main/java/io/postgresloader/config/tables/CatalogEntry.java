package io.postgresloader.config.tables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An entry of {@code tables.yml} as a program writes it: comments that say why, and options. The last comment holds a
 * checksum of all of it, by which a later run tells whether somebody has changed it since.
 *
 * @param table the table's name
 * @param comments one line each, without the sign
 * @param options key to value, as YAML on one line; see {@link #scalar}, {@link #list}
 */
public record CatalogEntry(String table, List<String> comments, Map<String, String> options) {
    private static final int LONGEST_LINE = 118;
    private static final String INDENT = "  ";

    /** Begins the comment with the checksum. */
    private static final String MARK = INDENT + "# analyze ";

    private static final Pattern MARKED = Pattern.compile(MARK + "[0-9a-f]{8}");

    public CatalogEntry {
        comments = comments.stream().map(CatalogEntry::comment).toList();
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

    /** A text that does not end the comment it is put in: names may hold ends of lines. */
    public static String comment(String text) {
        return YamlText.LINE_BREAKING.matcher(text).replaceAll("?");
    }

    /** Whether an entry's lines are, to the letter, what a program wrote. */
    static boolean wrote(List<String> lines) {
        List<String> stripped = lines.stream().map(String::stripTrailing).toList();
        List<String> unmarked = stripped.stream()
                .filter(line -> !MARKED.matcher(line).matches())
                .toList();
        return stripped.contains(MARK + checksum(unmarked));
    }

    private static String checksum(List<String> lines) {
        CRC32 sum = new CRC32();
        sum.update(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
    }

    /** The entry's lines in the file. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(YamlText.scalar(table) + ":");
        comments.forEach(comment -> wrap(comment, lines));
        int mark = lines.size();
        options.forEach((key, value) -> lines.add(INDENT + key + ": " + value));
        lines.add(mark, MARK + checksum(lines));
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
