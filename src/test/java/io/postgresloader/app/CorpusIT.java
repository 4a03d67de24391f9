package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.postgresloader.app.demo.EmbeddedMariaDb;
import io.postgresloader.config.ConfigurationException;
import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.CorpusCase.Outcome;
import io.postgresloader.testing.CorpusFile;
import io.postgresloader.testing.TestServers;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Every input of the corpus arrives as is declared there, alone and wherever it lies in a batch, by every path; the
 * rows around it always arrive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusIT {
    private static final List<String> AREAS = List.of("temporal");

    /** The source's zone, another than the loader's: a clock that is mistaken for another shows. */
    private static final String DENVER = "MST7MDT,M3.2.0,M11.1.0";

    private static final TimeZone ZONE_BEFORE = TimeZone.getDefault();

    private final EmbeddedMariaDb server = TestServers.startMariaDb(DENVER);
    private final Map<CorpusLayout, LoaderFixture> fixtures = new EnumMap<>(CorpusLayout.class);
    private final Map<String, Throwable> notCreated = new HashMap<>();

    static Stream<CorpusCase> cases() {
        Pattern asked = Pattern.compile(System.getProperty("corpus", ""));
        return AREAS.stream().flatMap(area -> CorpusFile.read(area).stream()).filter(c -> asked.matcher(c.toString())
                .find());
    }

    static Stream<CorpusCase> loads() {
        return cases().filter(c -> c.expected().outcome() != Outcome.CONFIGURATION_REFUSED);
    }

    static Stream<CorpusCase> refusals() {
        return cases().filter(c -> c.expected().outcome() == Outcome.CONFIGURATION_REFUSED);
    }

    @BeforeAll
    void createTables() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        for (CorpusLayout layout : CorpusLayout.values()) {
            fixtures.put(layout, fixture(layout, loads().filter(layout::has).toList()));
        }
    }

    @AfterAll
    void close() {
        fixtures.values().forEach(LoaderFixture::close);
        TimeZone.setDefault(ZONE_BEFORE);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("loads")
    void arrivesAsDeclared(CorpusCase c) {
        SoftAssertions softly = new SoftAssertions();
        for (CorpusLayout layout : CorpusLayout.values()) {
            if (notCreated.containsKey(layout + c.table())) {
                fail(layout + ": the tables cannot be made", notCreated.get(layout + c.table()));
            }
            if (layout.has(c)) {
                new CorpusRun(c, layout, fixtures.get(layout), softly).run();
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("refusals")
    void isRefusedBeforeAnythingIsLoaded(CorpusCase c) {
        try (LoaderFixture fixture = fixture(CorpusLayout.ALONE, List.of(c))) {
            assertThat(notCreated).isEmpty();
            assertThatThrownBy(() -> Session.open(fixture.configuration()).close())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(c.expected().because());
        }
    }

    private LoaderFixture fixture(CorpusLayout layout, List<CorpusCase> cases) {
        LoaderFixture fixture = new LoaderFixture(server);
        CorpusTables tables = new CorpusTables(fixture, layout);
        Map<String, Object> options = new TreeMap<>();
        for (CorpusCase c : cases) {
            try {
                tables.create(c);
                options.put(c.table(), c.options());
            } catch (RuntimeException | AssertionError e) {
                notCreated.put(layout + c.table(), e);
            }
        }
        String batch = String.valueOf(CorpusLayout.BATCH_ROWS);
        fixture.set("LOADER_PAGE_ROWS", batch).set("LOADER_BATCH_ROWS", batch);
        return fixture.tables(new Yaml().dump(options));
    }
}
