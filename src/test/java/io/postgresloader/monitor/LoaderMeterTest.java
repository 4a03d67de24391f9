package io.postgresloader.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The list of meters, the routes, the code and the manual name the same meters. */
class LoaderMeterTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "operating.md");
    private static final Pattern URI = Pattern.compile("micrometer:(counter|timer|summary):([a-z.]+)");

    /** A step of a route that counts or measures. */
    private record Step(String file, String kind, String meter, Map<String, Object> parameters) {
        static Step of(Path file, Map<?, ?> map) {
            Matcher uri = URI.matcher(String.valueOf(map.get("uri")));
            assertThat(uri.matches()).as("%s: %s", file, map.get("uri")).isTrue();
            return new Step(ShippedRoutes.id(file), uri.group(1), uri.group(2), parameters(map));
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> parameters(Map<?, ?> map) {
            return (Map<String, Object>) map.get("parameters");
        }

        /** A timer is started without knowing its tags. */
        boolean starts() {
            return "start".equals(parameters.get("action"));
        }

        List<String> tags() {
            return parameters.keySet().stream()
                    .filter(name -> name.startsWith("tags."))
                    .map(name -> name.substring("tags.".length()))
                    .toList();
        }

        @Override
        public String toString() {
            return file + " " + meter;
        }
    }

    static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Path file : ShippedRoutes.all()) {
            Object content = new Yaml().load(Files.readString(file));
            collect(file, content, steps);
        }
        return steps;
    }

    private static void collect(Path file, Object node, List<Step> steps) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collect(file, item, steps));
        } else if (node instanceof Map<?, ?> map) {
            if (String.valueOf(map.get("uri")).startsWith("micrometer:")) {
                steps.add(Step.of(file, map));
            }
            map.values().forEach(value -> collect(file, value, steps));
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepOfARouteNamesAMeterOfTheListWithItsDescriptionAndTags(Step step) {
        LoaderMeter meter = Arrays.stream(LoaderMeter.values())
                .filter(one -> one.id().equals(step.meter()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(step + " is not in LoaderMeter"));

        assertThat(step.kind()).isEqualToIgnoringCase(meter.kind().name());
        assertThat(step.parameters().get("metricsDescription")).isEqualTo(meter.description());
        if (!step.starts()) {
            assertThat(step.tags()).containsExactlyInAnyOrderElementsOf(meter.tags());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMeterIsUsedByARouteOrByCode(LoaderMeter meter) throws IOException {
        boolean route = steps().stream().anyMatch(step -> step.meter().equals(meter.id()));

        assertThat(route || code().contains("LoaderMeter." + meter.name())).isTrue();
    }

    @Test
    void noCodeNamesAMeterByItsText() throws IOException {
        assertThat(code())
                .doesNotContainPattern("\"etl\\.(?!monitoring\")[a-z.]*\"")
                .doesNotContain("\"etl.\"");
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("LoaderMeter.java"))
                    .toList();
            StringBuilder text = new StringBuilder();
            for (Path file : all) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    /** Names as Prometheus shows them: a counter ends in {@code _total}, a time in its unit. */
    @ParameterizedTest
    @EnumSource
    void theManualNamesTheMeterWithItsLabels(LoaderMeter meter) throws IOException {
        String name = prometheus(meter);
        List<String> lines = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("|") && line.contains("`" + name))
                .toList();

        assertThat(lines).as(name).hasSize(1);
        assertThat(meter.tags()).allSatisfy(tag -> assertThat(lines.get(0)).contains("`" + tag + "`"));
    }

    @Test
    void theManualNamesNoOtherMeterOfTheLoader() throws IOException {
        TreeSet<String> named = Pattern.compile("`(etl_[a-z_]+)`? *[:;,(|…]")
                .matcher(Files.readString(PAGE)
                        .lines()
                        .filter(line -> line.startsWith("| `etl_"))
                        .collect(Collectors.joining("\n")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .isEqualTo(Arrays.stream(LoaderMeter.values())
                        .map(LoaderMeterTest::prometheus)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String prometheus(LoaderMeter meter) {
        String name = meter.id().replace('.', '_');
        return switch (meter.kind()) {
            case COUNTER -> name + "_total";
            case TIMER, SECONDS -> name + "_seconds";
            case GAUGE -> meter == LoaderMeter.MONITORING ? name + "_" : name;
        };
    }

    @Test
    void aCounterIsRegisteredOnceForEachValueOfItsTags() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LoaderMeter.RELOADS.counter(registry, "applied").increment();
        LoaderMeter.RELOADS.counter(registry, "applied").increment();
        LoaderMeter.RELOADS.counter(registry, "removed").increment();

        assertThat(registry.get("etl.reloads")
                        .tag("result", "applied")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(2).allSatisfy(meter -> assertThat(
                        meter.getId().getDescription())
                .isEqualTo(LoaderMeter.RELOADS.description()));
    }

    @Test
    void aCounterNeedsAValueForEachTag() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        assertThatIllegalArgumentException().isThrownBy(() -> LoaderMeter.RELOADS.counter(registry));
        assertThatIllegalArgumentException().isThrownBy(() -> LoaderMeter.TABLE_LAG.counter(registry, "t"));
    }
}
