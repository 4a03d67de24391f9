package io.postgresloader.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The alert rules and dashboards that the project ships, as data. */
public final class Observed {
    private static final Path DIRECTORY = Path.of("docker", "observe");

    private Observed() {}

    /**
     * A rule.
     *
     * @param annotations the texts that those on call are sent
     */
    public record Alert(String name, String expression, Map<String, String> labels, Map<String, String> annotations) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The rules of {@code alerts.yml}, in its order. */
    public static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (Map<String, ?> group : list(yaml("alerts.yml").get("groups"))) {
            for (Map<String, ?> rule : list(group.get("rules"))) {
                alerts.add(new Alert(
                        (String) rule.get("alert"),
                        (String) rule.get("expr"),
                        texts(rule.get("labels")),
                        texts(rule.get("annotations"))));
            }
        }
        return alerts;
    }

    /** The unit tests of {@code alerts.test.yml}. */
    public static List<Map<String, ?>> tests() {
        return list(yaml("alerts.test.yml").get("tests"));
    }

    /** The dashboards by file name. */
    public static Map<String, JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("grafana").resolve("dashboards"))) {
            Map<String, JsonNode> dashboards = new TreeMap<>();
            for (Path file : files.toList()) {
                dashboards.put(file.getFileName().toString(), new ObjectMapper().readTree(Files.readString(file)));
            }
            return dashboards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ?> yaml(String file) {
        try {
            return new Yaml().load(Files.readString(DIRECTORY.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    public static List<Map<String, ?>> list(Object node) {
        return (List<Map<String, ?>>) node;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Object node) {
        return (Map<String, String>) node;
    }
}
