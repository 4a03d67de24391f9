package io.postgresloader.config.settings;

import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Problems;
import io.postgresloader.config.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A properties file with the lines of its entries. {@link Properties} resolves escapes but knows no lines, so it
 * reads one entry at a time.
 */
final class PropertiesFile {
    /**
     * @param text the value, escapes resolved
     * @param line the line where the entry begins, from 1
     */
    record Entry(String text, int line) {
        @Override
        public String toString() {
            return "line " + line;
        }
    }

    private final Path file;
    private final Problems problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private PropertiesFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * The entries in the order of the file; empty if the file is not readable. An unreadable file, a repeated key and
     * an invalid escape are recorded as problems.
     */
    static Optional<Map<String, Entry>> read(Path file, Problems problems) {
        return TextFile.read(file, problems).map(text -> {
            PropertiesFile properties = new PropertiesFile(file, problems);
            properties.parse(text);
            return properties.entries;
        });
    }

    private void parse(String text) {
        List<String> lines = text.lines().toList();
        int next = 0;
        while (next < lines.size()) {
            int first = next;
            StringBuilder entry = new StringBuilder(lines.get(next++));
            String start = entry.toString().strip();
            boolean comment = start.startsWith("#") || start.startsWith("!");
            while (!comment && continues(entry) && next < lines.size()) {
                entry.append('\n').append(lines.get(next++));
            }
            entry(entry.toString(), first + 1);
        }
    }

    /** An odd number of backslashes at the end joins the next line; an even number is that many escaped ones. */
    private static boolean continues(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void entry(String text, int line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
        } catch (IllegalArgumentException brokenEscape) {
            problem(line, "file", "invalid \\u escape", "write \\u and four hex digits, or \\\\ for a backslash");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        one.stringPropertyNames().forEach(key -> put(key, new Entry(one.getProperty(key), line)));
    }

    private void put(String key, Entry entry) {
        Optional<Entry> first = Optional.ofNullable(entries.putIfAbsent(key, entry));
        first.ifPresent(f -> problem(entry.line(), key, "defined twice, first in " + f, "keep one"));
    }

    private void problem(int line, String key, String found, String allowed) {
        problems.add(new ConfigurationProblem(file.toString(), line, key, found, allowed));
    }
}
