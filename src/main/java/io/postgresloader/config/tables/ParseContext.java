package io.postgresloader.config.tables;

import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Problems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What is collected while a {@code tables.yml} is read, apart from its options: problems, lines and ignored keys. */
final class ParseContext {
    private final Path file;
    private final Problems problems = new Problems();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<String> ignoredKeys = new LinkedHashSet<>();

    ParseContext(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    Problems problems() {
        return problems;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    Set<String> ignoredKeys() {
        return ignoredKeys;
    }

    /** Records that {@code value} is not valid, with a description of the value. */
    void problem(YamlValue value, String allowed) {
        problem(value, "found " + value.describe(), allowed);
    }

    void problem(YamlValue value, String found, String allowed) {
        problem(value.line(), value.path(), found, allowed);
    }

    void problem(int line, String key, String found, String allowed) {
        problems.add(new ConfigurationProblem(file.toString(), line, key, found, allowed));
    }
}
