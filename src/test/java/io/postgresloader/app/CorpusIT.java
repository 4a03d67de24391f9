package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.Failure;
import io.postgresloader.model.TableOptions;
import io.postgresloader.testing.CorpusCase;
import io.postgresloader.testing.CorpusCase.Outcome;
import io.postgresloader.testing.CorpusFile;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every input of the corpus arrives as is declared there, alone and (each of them in a full run) wherever it lies in a
 * batch, by every path; the rows around it always arrive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag(Extent.CORE)
@OnlyOn(value = Products.ALL_BUT_MYSQL_5_5, because = "half of the cases need what is later than MySQL 5.5")
class CorpusIT {
    private static final List<String> AREAS = List.of("temporal", "numeric", "text", "binary", "keys", "identifiers");

    /** The source's zone, another than the loader's: a clock that is mistaken for another shows. */
    private static final String DENVER = "MST7MDT,M3.2.0,M11.1.0";

    private static final TimeZone ZONE_BEFORE = TimeZone.getDefault();

    private final SourceServer server = TestServers.startSource(DENVER);
    private final Map<CorpusLayout, CorpusFixture> fixtures = new EnumMap<>(CorpusLayout.class);

    static Stream<CorpusCase> cases() {
        Pattern asked = Pattern.compile(System.getProperty("corpus", ""));
        int every = Integer.getInteger("corpus.every", asked.pattern().isEmpty() ? Extent.of(5, 1) : 1);
        return AREAS.stream()
                .flatMap(area -> CorpusFile.read(area).stream())
                .filter(c -> asked.matcher(c.toString()).find())
                .filter(c -> Math.floorMod(c.toString().hashCode(), every) == 0);
    }

    static Stream<CorpusCase> loads() {
        return cases().filter(c -> c.expected().outcome() != Outcome.CONFIGURATION_REFUSED);
    }

    static Stream<CorpusCase> failures() {
        return cases().filter(c -> c.expected().outcome() == Outcome.CONFIGURATION_REFUSED);
    }

    @BeforeAll
    void createTables() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        for (CorpusLayout layout : CorpusLayout.values()) {
            List<CorpusCase> shared = loads().filter(c -> c.notHere().isEmpty())
                    .filter(c -> CorpusLayout.of(c).contains(layout) && !c.ownLoader())
                    .toList();
            fixtures.put(layout, new CorpusFixture(server, layout, shared));
        }
    }

    @AfterAll
    void close() {
        fixtures.values().forEach(CorpusFixture::close);
        TimeZone.setDefault(ZONE_BEFORE);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("loads")
    void arrivesAsDeclared(CorpusCase c) {
        assumeTrue(c.notHere().isEmpty(), () -> c.notHere().orElseThrow());
        SoftAssertions softly = new SoftAssertions();
        CorpusLayout.of(c).forEach(layout -> {
            if (!c.ownLoader()) {
                run(c, fixtures.get(layout), softly);
                return;
            }
            try (CorpusFixture own = new CorpusFixture(server, layout, List.of(c))) {
                run(c, own, softly);
            }
        });
        softly.assertAll();
    }

    private static void run(CorpusCase c, CorpusFixture fixture, SoftAssertions softly) {
        fixture.require(c);
        new CorpusRun(c, fixture, softly).run();
    }

    /** A timer's route has the table's name in its template, and what it asks for passes through a queue. */
    @Test
    void everyNameCanBeScheduled() {
        List<CorpusCase> names = cases().filter(c -> c.area().equals("identifiers"))
                .filter(c -> c.expected().outcome() == Outcome.EXACT && !c.ownLoader())
                .toList();
        assumeTrue(!names.isEmpty(), "no names are among the cases that were asked for");
        SoftAssertions softly = new SoftAssertions();
        try (CorpusFixture fixture = new CorpusFixture(server, CorpusLayout.ALONE, names)) {
            Loader loader = fixture.loader().loader();
            List<TableOptions> scheduled = new ArrayList<>();
            for (CorpusCase c : names) {
                fixture.require(c);
                scheduled.add(options(c));
                softly.assertThatCode(() -> loader.timers().schedule(scheduled))
                        .as(c.toString())
                        .doesNotThrowAnyException();
            }
            Instant limit = Instant.now().plusSeconds(60);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> fixture.notLoaded().isEmpty() || Instant.now().isAfter(limit));
            softly.assertThat(fixture.notLoaded()).as("tables not loaded").isEmpty();
        }
        softly.assertAll();
    }

    private static TableOptions options(CorpusCase c) {
        return TableOptions.defaults(c.table()).every(Duration.ofSeconds(5));
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("failures")
    void failsBeforeAnythingIsLoaded(CorpusCase c) {
        try (CorpusFixture fixture = new CorpusFixture(server, CorpusLayout.ALONE, List.of(c))) {
            fixture.require(c);
            assertThat(failure(fixture.loader(), c)).contains(c.expected().because());
        }
    }

    /** A list that cannot be understood starts no loader; a name that the source does not have fails its table. */
    private static String failure(LoaderFixture loader, CorpusCase c) {
        try {
            return loader.load(c.table()).failure().map(Failure::message).orElse("none");
        } catch (ConfigurationException e) {
            return e.getMessage();
        }
    }
}
