package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.postgresloader.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes the pictures of the manual's page on the status page again: {@code mvn verify -Dit.test=PagePicturesIT -Dpictures}.
 * They show a running loader, whose tables the test brings into each state. With {@code -Dpictures=DIRECTORY} it takes every
 * page in every form instead, for those who judge them.
 */
@EnabledIfSystemProperty(named = "pictures", matches = ".*", disabledReason = "pictures are made on request")
class PagePicturesIT {
    private static final Path IMAGES = Path.of("src", "site", "resources", "images");
    private static final int ROUNDS = 12;
    private static final int TABLES = 446;
    private static final int LONGEST = 4000;
    private static final List<String> NAMES = List.of(
            "appointment",
            "claimpayment",
            "covspan",
            "document",
            "eobattach",
            "ehrmeasureevent",
            "histappointment",
            "insverifyhist",
            "medicationpat",
            "orthocharttablink",
            "patientportalinvite",
            "perioexam",
            "refattach",
            "securitylog",
            "sheetfield",
            "treatplanparam");

    private static Path directory;
    private static Browser browser;
    private static StatusPageFixture loader;

    @BeforeAll
    static void provokeStates() throws Exception {
        String place = System.getProperty("pictures");
        directory = place.isEmpty() || place.equals("true") ? null : Files.createDirectories(Path.of(place));
        browser = Browser.start();
        loader = new StatusPageFixture(List.of());
        loader.loadAll();
        for (int round = 1; round <= ROUNDS; round++) {
            changeAll(round);
        }
        StatusPageFixture.LOADED.forEach(loader::compare);
        loader.breakTable("procedurelog");
        loader.load("procedurelog");
        loader.poison("commlog");
        loader.deleteMany("claimproc");
        loader.pause("payment");
    }

    private static void changeAll(int round) {
        for (String table : StatusPageFixture.LOADED) {
            int rows = 5 + Math.abs((table.hashCode() >> 3) * round * 37 % 190);
            loader.source()
                    .execute(
                            "INSERT INTO `" + table
                                    + "` (PatNum, Note) SELECT seq, 'a note' FROM seq_1_to_400 WHERE seq <= " + rows,
                            "UPDATE `" + table + "` SET Note = 'edit " + round + "' WHERE Id <= " + rows / 3);
            loader.load(table);
        }
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

    @Test
    void picturesOfTheManual() throws Exception {
        Assumptions.assumeTrue(directory == null);
        try (var held = loader.hold("patient")) {
            assertThat(held.ended()).isFalse();
            take("status-page", "/", "light", 1280, 800);
            take("status-page-dark", "/", "dark", 1280, 800);
            take("status-page-phone", "/", "light", 360, 740);
            take("status-page-table", "/tables/commlog", "light", 1280, 1150);
            take("status-page-now", "/now", "dark", 1280, 800);
            take("status-page-plan", "/tables/appointment/plan", "light", 1280, 900);
        }
    }

    private static void take(String name, String path, String scheme, int width, int height) throws Exception {
        browser.prefers(scheme);
        browser.width(width, height);
        browser.open(loader.address(path));
        write(IMAGES, name);
    }

    @Test
    void picturesToJudgeThePagesBy() throws Exception {
        Assumptions.assumeTrue(directory != null);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("all", "/");
        pages.put("table-failed", "/tables/procedurelog");
        pages.put("table-healthy", "/tables/appointment");
        pages.put("table-dead", "/tables/commlog");
        pages.put("table-running", "/tables/patient");
        pages.put("plan", "/tables/appointment/plan");
        pages.put("now", "/now");
        pages.put("message-unknown-table", "/tables/none");
        try (var held = loader.hold("patient")) {
            assertThat(held.ended()).isFalse();
            for (var page : pages.entrySet()) {
                judge(page.getKey(), page.getValue());
                print(page.getKey(), page.getValue());
            }
            judge("all-filtered", "/?show=attention&sort=dead");
            judge("all-nothing-found", "/?search=none");
            loader.silenceTarget();
            await().until(() -> {
                browser.open(loader.address("/"));
                return !browser.texts("#silence").isEmpty();
            });
            for (var page : pages.entrySet()) {
                judge(page.getKey() + "-target-silent", page.getValue());
            }
            loader.targetAnswersAgain();
        }
        askDoctor();
        judge("now-doctor", "/now?doctor=run");
        judgeWhileTheLoaderIsAway("all", "/");
        judgeWhileTheLoaderIsAway("table-healthy", "/tables/appointment");
    }

    @Test
    void picturesOfManyTables() throws Exception {
        Assumptions.assumeTrue(directory != null);
        List<String> more = IntStream.range(0, TABLES - StatusPageFixture.LOADED.size() - 1)
                .mapToObj(i -> NAMES.get(i % NAMES.size()) + (i < NAMES.size() ? "_" : "_" + i / NAMES.size()))
                .toList();
        StatusPageFixture few = loader;
        try (StatusPageFixture many = new StatusPageFixture(more)) {
            loader = many;
            many.loadAll();
            changeAll(1);
            many.compare("patient");
            many.loadedLike("patient", more.subList(20, more.size()));
            many.breakTable("adjustment");
            many.load("adjustment");
            many.poison("commlog");
            many.deleteMany("claimproc");
            many.pause("payment");
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        browser.open(loader.address("/"));
                        return browser.texts("#t-commlog .number").stream().anyMatch(rows -> rows.length() > 1);
                    });
            judge("all-446", "/");
            print("all-446", "/");
        } finally {
            loader = few;
        }
    }

    /** What doctor finds comes a few seconds after somebody asks. */
    private static void askDoctor() {
        await().until(() -> {
            browser.open(loader.address("/now?doctor=run"));
            return browser.texts("#doctor").stream().noneMatch(text -> text.contains("will stand here"));
        });
    }

    private interface Arrival {
        void at(String path) throws Exception;
    }

    private static void judge(String name, String path) throws Exception {
        judge(name, path, address -> browser.open(loader.address(address)));
    }

    private static void judgeWhileTheLoaderIsAway(String name, String path) throws Exception {
        judge(name + "-away", path, address -> {
            browser.open(loader.address(address));
            loader.stopAnswering();
            browser.script("document.dispatchEvent(new Event('visibilitychange'))");
            await().until(() -> browser.find("#away").isDisplayed());
            loader.answerAgain();
        });
    }

    /** In light and dark, on a phone and on a wide screen, as long as the page is. */
    private static void judge(String name, String path, Arrival arrival) throws Exception {
        for (int width : new int[] {360, 1280, 1600}) {
            browser.width(width, 800);
            arrival.at(path);
            long length = browser.<Long>script("return document.documentElement.scrollHeight");
            browser.width(width, (int) Math.min(LONGEST, length));
            for (String scheme : List.of("light", "dark")) {
                browser.prefers(scheme);
                write(directory, name + "-" + scheme + "-" + width);
            }
        }
    }

    private static void print(String name, String path) throws Exception {
        browser.prefers("dark");
        browser.open(loader.address(path));
        Files.write(directory.resolve("print-" + name + ".pdf"), browser.print());
    }

    private static void write(Path images, String name) throws Exception {
        browser.later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))");
        Files.write(images.resolve(name + ".png"), browser.picture());
    }
}
