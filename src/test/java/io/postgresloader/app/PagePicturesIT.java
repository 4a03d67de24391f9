package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Makes the pictures of the manual's page on the status page again: {@code mvn verify -Dit.test=PagePicturesIT -Dpictures}.
 * They show a running loader, whose tables the test brings into each state.
 */
@EnabledIfSystemProperty(named = "pictures", matches = ".*", disabledReason = "pictures are made on request")
class PagePicturesIT {
    private static final Path IMAGES = Path.of("src", "site", "resources", "images");
    private static final Path TO_JUDGE = Path.of("target", "page-pictures");
    private static final int ROUNDS = 12;

    private static Browser browser;
    private static StatusPageFixture loader;

    @BeforeAll
    static void provokeStates() throws Exception {
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
    void picturesOfAllPages() throws Exception {
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

    /** For those who judge the pages: each in light and dark, on a phone and on a wide screen, as long as it is. */
    @Test
    void picturesToJudgeThePagesBy() throws Exception {
        Files.createDirectories(TO_JUDGE);
        Map<String, String> pages = Map.of(
                "all",
                "/",
                "table",
                "/tables/commlog",
                "failed",
                "/tables/procedurelog",
                "plan",
                "/tables/appointment/plan",
                "now",
                "/now");
        try (var held = loader.hold("patient")) {
            assertThat(held.ended()).isFalse();
            for (var page : pages.entrySet()) {
                for (String scheme : List.of("light", "dark")) {
                    judge(page.getKey() + "-" + scheme + "-360", page.getValue(), scheme, 360);
                    judge(page.getKey() + "-" + scheme + "-1600", page.getValue(), scheme, 1600);
                }
            }
        }
    }

    private static void judge(String name, String path, String scheme, int width) throws Exception {
        browser.prefers(scheme);
        browser.width(width, 800);
        browser.open(loader.address(path));
        browser.width(
                width,
                browser.<Long>script("return document.documentElement.scrollHeight")
                        .intValue());
        browser.later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))");
        Files.write(TO_JUDGE.resolve(name + ".png"), browser.picture());
    }

    private static void take(String name, String path, String scheme, int width, int height) throws Exception {
        browser.prefers(scheme);
        browser.width(width, height);
        browser.open(loader.address(path));
        browser.later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))");
        Files.write(IMAGES.resolve(name + ".png"), browser.picture());
    }
}
