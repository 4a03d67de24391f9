package io.postgresloader.config.tables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An entry of {@code tables.yml} as {@code analyze} writes it: comments with the reasons, and options. The last comment
 * is a checksum of the entry, by which a later run detects changes.
 *
 * @param table the table's name
 * @param comments one line each, without the {@code #}
 * @param options key to value, as YAML on one line; see {@link #scalar}, {@link #list}
 */
public record CatalogEntry(String table, List<String> comments, Map<String, String> options) {
    private static final int LONGEST_LINE = 118;
    private static final String INDENT = "  ";

    /** The start of the comment with the checksum. */
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

    /** A text without line breaks, which would end the comment: names may contain line breaks. */
    public static String comment(String text) {
        return YamlText.LINE_BREAKING.matcher(text).replaceAll("?");
    }

    /** Whether the lines of an entry are exactly what {@code analyze} wrote. */
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
        return String.format(Locale.ROOT, "%08x", sum.getValue());
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
