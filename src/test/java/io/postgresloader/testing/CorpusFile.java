package io.postgresloader.testing;

import io.postgresloader.testing.CorpusCase.Expected;
import io.postgresloader.testing.CorpusCase.Outcome;
import io.postgresloader.testing.OnlyOn.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads a file of the corpus: groups of cases, what a group says holds for each of its cases that says nothing else. */
public final class CorpusFile {
    private static final String CASES = "cases";

    /** A misspelled key would declare nothing and go unnoticed. */
    private static final Set<String> KEYS = Set.of(
            "id",
            "table",
            "key_column",
            "value_column",
            "column",
            "value",
            "good",
            "key",
            "before",
            "after",
            "extra",
            "session",
            "engine",
            "stored_as",
            "options",
            "settings",
            "own_loader",
            "target",
            "only_on",
            "expect",
            "text",
            "counts",
            "sqlstate",
            "names",
            "key_text",
            "because");

    private final String area;
    private final Map<String, Object> said;

    private CorpusFile(String area, Map<String, Object> said) {
        this.area = area;
        this.said = said;
    }

    /** All cases of an area, in the order of the file. */
    public static List<CorpusCase> read(String area) {
        String file = "/corpus/" + area + ".yml";
        try (InputStream in = CorpusFile.class.getResourceAsStream(file)) {
            List<CorpusCase> cases = new ArrayList<>();
            for (Object group : list(new Yaml(new SafeConstructor(new LoaderOptions())).load(in))) {
                Map<String, Object> common = new HashMap<>(map(group));
                for (Object entry : list(common.remove(CASES))) {
                    Map<String, Object> said = new HashMap<>(common);
                    said.putAll(map(entry));
                    cases.add(new CorpusFile(area, said).read());
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CorpusCase read() {
        String id = required("id");
        said.keySet().stream().filter(k -> !KEYS.contains(k)).findFirst().ifPresent(k -> {
            throw new AssertionError("case " + id + " has the unknown key " + k);
        });
        String keyColumn = text("key_column").orElse("Id");
        String valueColumn = text("value_column").orElse("V");
        return new CorpusCase(
                area,
                id,
                text("table").orElse(id.replace('-', '_')),
                keyColumn,
                valueColumn,
                required("column"),
                text("value"),
                text("good"),
                said.containsKey("key") ? texts("key") : List.of(keyColumn),
                text("before"),
                text("after"),
                texts("extra"),
                texts("session"),
                text("engine").orElse("MyISAM"),
                text("stored_as"),
                new HashMap<>(map(said.getOrDefault("options", Map.of()))),
                strings(map(said.getOrDefault("settings", Map.of()))),
                said.containsKey("settings") || said.containsKey("own_loader"),
                text("target"),
                notHere(),
                expected(valueColumn));
    }

    /** One entry: the products that can have the case, and what the others lack. */
    private Optional<String> notHere() {
        return map(said.getOrDefault("only_on", Map.of())).entrySet().stream()
                .filter(entry -> !Products.valueOf(
                                entry.getKey().replace(' ', '_').toUpperCase(Locale.ROOT))
                        .underTest())
                .map(entry -> String.valueOf(entry.getValue()))
                .findFirst();
    }

    private Expected expected(String valueColumn) {
        Map<String, Integer> counts = new HashMap<>();
        map(said.getOrDefault("counts", Map.of())).forEach((counter, n) -> counts.put(counter, (Integer) n));
        return new Expected(
                Outcome.valueOf(required("expect").replace(' ', '_').toUpperCase(Locale.ROOT)),
                said.containsKey("text") ? Optional.of(text("text").orElse("∅")) : Optional.empty(),
                counts,
                texts("sqlstate"),
                said.containsKey("names") ? text("names") : Optional.of(valueColumn),
                text("key_text"),
                text("because").orElse(""));
    }

    private String required(String key) {
        return text(key).orElseThrow(() -> new AssertionError("a case of " + area + " has no " + key + ": " + said));
    }

    /** Only texts: what YAML takes for a number or a date no longer has its spelling. */
    private Optional<String> text(String key) {
        Object value = said.get(key);
        if (value != null && !(value instanceof String)) {
            throw new AssertionError("case " + said.get("id") + ": put " + key + " in quotes");
        }
        return Optional.ofNullable((String) value);
    }

    private List<String> texts(String key) {
        Object value = said.getOrDefault(key, List.of());
        return (value instanceof List<?> values ? values : List.of(value))
                .stream().map(String::valueOf).toList();
    }

    private static Map<String, String> strings(Map<String, Object> map) {
        Map<String, String> strings = new HashMap<>();
        map.forEach((key, value) -> strings.put(key, (String) value));
        return strings;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<?> list(Object node) {
        return (List<?>) node;
    }
}
