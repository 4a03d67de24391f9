package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.testing.Browser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The status page in a real browser, over a real loader whose tables are in every state. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageIT {
    private static final int TABLES = 446;
    private static final String STRANGE = "/tables/odd%3Cb%3E%22%26%27name";

    private static Browser browser;
    private static StatusPageFixture loader;

    @BeforeAll
    static void provokeStates() throws Exception {
        browser = Browser.start();
        loader = new StatusPageFixture(IntStream.rangeClosed(1, TABLES - StatusPageFixture.LOADED.size() - 1)
                .mapToObj(i -> "never_loaded_" + i)
                .toList());
        loader.loadAll();
        loader.compare("patient");
        loader.breakTable("adjustment");
        loader.load("adjustment");
        loader.poison("commlog");
        loader.deleteMany("claimproc");
        loader.pause("payment");
        loader.makeOverdue("appointment");
        // On a busy machine the first answer may come before the target was read.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            open("/");
            return !browser.texts("#rows").isEmpty();
        });
        browser.console();
    }

    @AfterAll
    static void close() {
        if (loader != null) {
            loader.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void theConsoleIsSilent() {
        assertThat(browser.console()).isEmpty();
    }

    private static void open(String path) {
        browser.open(loader.address(path));
        if (path.endsWith("/plan")) {
            awaitPlan();
        }
    }

    /** On a busy machine the databases may not have answered yet: the page says so, and tries again by itself. */
    private static void awaitPlan() {
        if (browser.texts(".crumb").isEmpty()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !browser.texts(".crumb").isEmpty());
            browser.console();
        }
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({
        "adjustment,failed",
        "claimproc,delete limit",
        "commlog,dead letters",
        "appointment,overdue",
        "payment,paused",
        "never_loaded_1,never loaded",
        "patient,loaded"
    })
    void eachStateIsShownInBothPlaces(String table, String state) {
        open("/");
        assertThat(browser.find("#t-" + table + " .mark").getText()).isEqualTo(state);
        browser.find("#t-" + table + " th a").click();
        assertThat(browser.find("h1").getText()).isEqualTo(table);
        assertThat(browser.find(".verdict .mark").getText()).isEqualTo(state);
        assertThat(browser.find("#verdict").getText()).isNotEmpty();
    }

    @Order(2)
    @Test
    void theWorstTablesComeFirstAndTheVerdictCountsThem() {
        open("/");
        assertThat(browser.texts("#rows th").subList(0, 4))
                .containsExactly("adjustment", "claimproc", "commlog", "appointment");
        assertThat(browser.find("#verdict").getText()).contains("need attention");
        assertThat(browser.texts("#rows tr")).hasSize(TABLES);
    }

    @Order(2)
    @Test
    void theFiltersStandBesideTheSearch() {
        open("/");
        assertThat(browser.<Boolean>script("const [search, filters] = ['#search', '.filters']"
                        + ".map((css) => document.querySelector(css).getBoundingClientRect());"
                        + "return filters.left > search.right && filters.top < search.bottom"))
                .isTrue();
    }

    /** Of up to 17 letters; a longer one is broken behind an underscore. */
    @Order(2)
    @Test
    void namesAreNotBrokenOnAPhone() {
        browser.width(360, 740);
        try {
            open("/");
            assertThat(
                            browser.<List<String>>script(
                                    "return [...document.querySelectorAll('#rows th a')]"
                                            + ".filter((name) => name.getBoundingClientRect().height > 30).map((name) => name.innerText)"))
                    .isEmpty();
        } finally {
            browser.width(1280, 900);
        }
    }

    @Order(2)
    @Test
    void onPaperThePageIsBlackOnWhiteWithoutWhatOneClicksAndSaysItsDay() {
        browser.showsPrint();
        try {
            open("/tables/patient");
            assertThat(browser.<String>script("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            assertThat(browser.<String>script("return getComputedStyle(document.body).color"))
                    .isEqualTo("rgb(0, 0, 0)");
            assertThat(browser.texts("nav, .button, footer a")).isEmpty();
            assertThat(browser.find("#as-of").getText())
                    .matches("as of \\d+ \\w{3} \\d{4}, \\d\\d:\\d\\d:\\d\\d\\h?UTC");
            open("/");
            assertThat(browser.texts("nav, form")).isEmpty();
            assertThat(browser.texts("#t-patient td, #t-patient th")).hasSize(10);
        } finally {
            browser.prefers("light");
        }
    }

    @Order(2)
    @Test
    void aStrangeNameIsShownAsText() {
        open("/?search=odd");
        assertThat(browser.texts("#rows th")).containsExactly(StatusPageFixture.STRANGE);
        browser.find("#rows tr:not([hidden]) th a").click();
        assertThat(browser.find("h1").getText()).isEqualTo(StatusPageFixture.STRANGE);
        browser.find("#facts .button").click();
        assertThat(browser.find("h1").getText()).contains(StatusPageFixture.STRANGE);
        assertThat(browser.texts("th[scope=row]")).contains("Id", "DateTStamp");
    }

    /** How long a search takes is printed: no test asserts a time. */
    @Order(2)
    @Test
    void aSearchHidesTheOtherTables() {
        open("/");
        double milliseconds = ((Number)
                        browser.later(
                                """
                        const done = arguments[arguments.length - 1];
                        const search = document.getElementById('search');
                        const start = performance.now();
                        search.value = 'never_loaded_43';
                        search.dispatchEvent(new Event('input', { bubbles: true }));
                        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                        """))
                .doubleValue();
        System.out.printf("search in %d tables: %.0f ms until it is painted%n", TABLES, milliseconds);
        assertThat(browser.texts("#rows th")).hasSize(9).allMatch(name -> name.startsWith("never_loaded_43"));
        assertThat(browser.find("#counted").getText()).isEqualTo("9 of 446 tables");
        browser.script("document.getElementById('search').value = 'nothing';"
                + "document.getElementById('search').dispatchEvent(new Event('input', { bubbles: true }))");
        assertThat(browser.find("#none").isDisplayed()).isTrue();
    }

    @Order(3)
    @Test
    void aFilterAndAHeadingKeepTheSearch() {
        open("/?search=l");
        browser.find("#f-need-attention").click();
        await().until(() -> browser.texts("#rows th").equals(List.of("claimproc", "commlog")));
        browser.find("#s-dead").click();
        await().until(() -> browser.texts("#rows th").equals(List.of("commlog", "claimproc")));
        assertThat(browser.address()).endsWith("/?show=attention&sort=dead&search=l");
    }

    @Order(3)
    @Test
    void deadLettersProofsAndHistoryAreOnTheTablesPage() {
        open("/tables/commlog");
        assertThat(browser.find("#dead tbody").getText()).contains("Note", "2");
        assertThat(browser.find("#dead tbody").getText()).contains("NUL character");
        assertThat(browser.texts("#runs tr").size()).isEqualTo(2);
        assertThat(browser.find("#chart canvas").isDisplayed()).isTrue();
        assertThat(browser.find("#watermarks").getText()).contains("DateTStamp");
        open("/tables/claimproc");
        assertThat(browser.find("#proofs tbody").getText()).contains("200");
    }

    @Order(3)
    @Test
    void doctorIsAskedOnAClick() {
        open("/now");
        browser.find("#doctor .button").click();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            browser.script("document.dispatchEvent(new Event('visibilitychange'))");
            return !browser.texts("#doctor .mark").isEmpty();
        });
    }

    @Order(4)
    @Test
    void withoutScriptsThePageSearchesAndFilters() {
        browser.scripts(false);
        try {
            open("/");
            browser.find("#search").sendKeys("claim" + Keys.ENTER);
            await().until(() -> browser.address().endsWith("search=claim"));
            assertThat(browser.find("#counted").getText()).isEqualTo("2 of 446 tables");
            open("/tables/commlog");
            assertThat(browser.find("#runs").getText()).contains("incremental");
        } finally {
            browser.scripts(true);
        }
    }

    @Order(5)
    @ParameterizedTest
    @ValueSource(strings = {"/?search=c", "/tables/commlog", STRANGE, "/tables/patient/plan", "/now", "/tables/none"})
    void aPageIsAccessibleInLightAndDarkAndFitsAPhone(String path) {
        boolean missing = path.endsWith("/none");
        for (String scheme : List.of("light", "dark")) {
            browser.prefers(scheme);
            open(path);
            assertThat(browser.accessibilityFaults()).as(scheme).isEmpty();
        }
        browser.width(360, 740);
        try {
            open(path);
            assertThat(browser.<Long>script("return document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            assertThat(
                            browser.<Boolean>script(
                                    "return [...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)"))
                    .as("no table scrolls sideways")
                    .isTrue();
        } finally {
            browser.width(1280, 900);
        }
        // Chromium reports the status 404 itself.
        assertThat(browser.console()).hasSize(missing ? 3 : 0);
    }

    @Order(6)
    @Test
    void allPagesAreReachedByTheKeyboard() {
        open("/?search=commlog");
        Set<String> visited = new TreeSet<>();
        follow("tbody th a", visited);
        follow("#facts .button", visited);
        awaitPlan();
        follow(".crumb a", visited);
        follow("nav[aria-label=Pages] a[href$=now]", visited);
        assertThat(visited)
                .containsExactly("/", "/now", "/tables/commlog", "/tables/commlog/plan")
                .hasSize(4);
    }

    /** Walks with the tabulator to an element, whose focus can be seen, and presses Enter. */
    private static void follow(String css, Set<String> visited) {
        visited.add(URI.create(browser.address()).getPath());
        for (int i = 0; i < 40; i++) {
            browser.press(Keys.TAB);
            if (browser.<Boolean>script("return document.activeElement.matches(arguments[0])", css)) {
                assertThat(browser.<String>script("return getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
                String before = browser.address();
                browser.press(Keys.ENTER);
                await().until(() -> !browser.address().equals(before));
                visited.add(URI.create(browser.address()).getPath());
                return;
            }
        }
        throw new AssertionError(css + " is not reached in 40 steps on " + browser.address());
    }

    @Order(7)
    @Test
    void aRunningLoadAndAFailureShowWithinOneRefreshWithoutMovingThePage() throws Exception {
        browser.refreshesEachSecond();
        open("/");
        browser.find("#search").sendKeys("e");
        browser.script("window.mark = document.getElementById('t-patient'); scrollTo(0, 120)");
        try (var held = loader.hold("patient")) {
            assertThat(held.ended()).isFalse();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.find("#t-patient").getText().contains("running"));
            assertThat(browser.<Boolean>script("return window.mark === document.getElementById('t-patient')"
                            + " && document.activeElement.id === 'search' && Math.abs(scrollY - 120) < 2"
                            + " && document.getElementById('search').value === 'e'"))
                    .isTrue();
            open("/now");
            await().untilAsserted(
                            () -> assertThat(browser.texts("h1, #running")).anyMatch(text -> text.contains("patient")));
        }
    }

    @Order(7)
    @Test
    void screenReadersHearAChangeOfTheVerdictAndNotOfItsTimes() {
        browser.refreshesEachSecond();
        open("/");
        browser.script("document.getElementById('verdict').textContent = 'All is loaded up to 00:00'");
        await().until(() -> !browser.find("#verdict").getText().contains("00:00"));
        assertThat(said()).isEmpty();
        loader.breakTable("procedurelog");
        loader.load("procedurelog");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> browser.find("#t-procedurelog").getText().contains("failed"));
        assertThat(said().replace('\u00a0', ' ')).startsWith("5 of 446 tables need attention");
        assertThat(browser.texts("[role=alert]")).isEmpty();
    }

    private static String said() {
        return browser.script("return document.querySelector('#said[role=status]').textContent");
    }

    @Order(8)
    @Test
    void everyMethodButGetAndHeadIsRefused() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            HttpResponse<Void> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(loader.address("/tables/claim")))
                                    .method(method, BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding());
            statuses.add(response.statusCode());
        }
        assertThat(statuses).containsOnly(405);
    }

    @Order(9)
    @Test
    void aLoaderThatIsAwayIsSaidAndComesBack() throws Exception {
        open("/");
        loader.stopAnswering();
        browser.script("document.dispatchEvent(new Event('visibilitychange'))");
        await().until(() -> browser.find("#away").isDisplayed());
        assertThat(browser.find("#away").getText())
                .matches(
                        "The loader does not answer. Everything below is from \\d+ \\w{3} \\d{4}, \\d\\d:\\d\\d:\\d\\d\\h?UTC, (just now|\\d+ s ago).");
        assertThat(said()).isEqualTo("The loader does not answer.");
        assertThat(browser.texts("#rows tr")).hasSize(TABLES);
        loader.answerAgain();
        browser.script("document.dispatchEvent(new Event('visibilitychange'))");
        await().until(() -> !browser.find("#away").isDisplayed());
        // Chromium reports the failed request itself.
        assertThat(browser.console()).isNotEmpty().allMatch(line -> line.contains("ERR_CONNECTION_REFUSED"));
    }
}
