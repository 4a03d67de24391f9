package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The shipped route files read like the picture in the manual (architecture.md), and show as much in JMX. */
class RouteFilesTest {
    /** What a step can be; everything else in a file is an attribute of one. */
    private static final Set<String> STEPS = Set.of(
            "to",
            "bean",
            "filter",
            "loop",
            "split",
            "transacted",
            "setBody",
            "setHeader",
            "wireTap",
            "step",
            "removeHeaders");

    static List<Path> files() {
        return ShippedRoutes.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHasOneRouteOfTheSameName(Path file) throws IOException {
        List<Map<String, Map<String, Object>>> content = read(file);

        assertThat(content).hasSize(1);
        Map<String, Object> route = content.get(0).values().iterator().next();
        assertThat(route.get("id")).isEqualTo(ShippedRoutes.id(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHasAGroupAndADescriptionAndEveryStepAnId(Path file) throws IOException {
        Map<String, Map<String, Object>> content = read(file).get(0);
        if (content.containsKey("route")) {
            assertThat(content.get("route")).containsKeys("group", "description", "from");
        }
        List<String> nameless = new ArrayList<>();
        Set<Object> ids = new HashSet<>();
        visit(content, nameless, ids);
        assertThat(nameless).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gathered-requests",
                "load-table",
                "load-worker",
                "reconcile-table",
                "record-unchanged",
                "request-load",
                "request-operation"
            })
    void aRouteThatTakesMessagesFromOutsideStripsCamelHeaders(String route) throws IOException {
        Object configurations =
                read(ShippedRoutes.file(route)).get(0).get("route").get("routeConfigurationId");

        assertThat(configurations.toString().split(",")).contains("entrance");
    }

    private static void visit(Object node, List<String> nameless, Set<Object> ids) {
        if (node instanceof List<?> list) {
            list.forEach(item -> visit(item, nameless, ids));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (STEPS.contains(name) && value instanceof Map<?, ?> step) {
                    if (step.get("id") == null || !ids.add(step.get("id"))) {
                        nameless.add(name + " " + step);
                    }
                }
                visit(value, nameless, ids);
            });
        }
    }

    private static List<Map<String, Map<String, Object>>> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Yaml().load(reader);
        }
    }
}
