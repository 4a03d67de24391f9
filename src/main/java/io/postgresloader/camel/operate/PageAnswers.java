package io.postgresloader.camel.operate;

import io.postgresloader.monitor.LatestValue;
import io.postgresloader.monitor.StatusDocument;
import io.postgresloader.monitor.StatusWatch;
import io.postgresloader.monitor.ThisLoader;
import io.postgresloader.page.AllPage;
import io.postgresloader.page.Assets;
import io.postgresloader.page.Assets.Asset;
import io.postgresloader.page.Choice;
import io.postgresloader.page.MessagePage;
import io.postgresloader.page.NowPage;
import io.postgresloader.page.NowPage.Complaint;
import io.postgresloader.page.Pages;
import io.postgresloader.page.PlanPage;
import io.postgresloader.page.TablePage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The status page: all tables, one table, what runs now, and what the next load of a table will do. Plan and doctor read
 * the databases, so that they are asked on a click only, and not again within a while, whatever the number of clients.
 */
public final class PageAnswers {
    /** As in the JSON. */
    private static final ZoneId ZONE = ZoneOffset.UTC;

    private static final Duration PLAN_FRESH = Duration.ofSeconds(5);
    private static final Duration DOCTOR_FRESH = Duration.ofSeconds(30);
    /** The page asks again after a while: what was too late for it before is better than none. */
    private static final Duration KEPT = Duration.ofSeconds(30);
    /** How long a client waits for the databases, before it is told to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String SHOW = "show";
    private static final String SEARCH = "search";
    private static final String SORT = "sort";
    private static final String DOCTOR = "doctor";
    private static final Set<String> CHOICE = new TreeSet<>(Set.of(SHOW, SEARCH, SORT));

    private final StatusWatch watch;
    private final Function<String, PlanPage> plan;
    private final Map<String, LatestValue<PlanPage>> plans = new ConcurrentHashMap<>();
    private final LatestValue<List<Complaint>> doctor;
    private final Map<String, Asset> assets = Assets.all();

    /**
     * @param plan explains the next load of a table of the list
     * @param doctor examines both databases and all tables
     */
    public PageAnswers(StatusWatch watch, Function<String, PlanPage> plan, Supplier<List<Complaint>> doctor) {
        this.watch = watch;
        this.plan = plan;
        this.doctor = new LatestValue<>(doctor, DOCTOR_FRESH, PATIENCE, KEPT);
    }

    /** By route. */
    public Map<String, Answering> routes() {
        return Map.of(
                "/",
                this::all,
                "/now",
                this::now,
                "/tables/*",
                this::table,
                "/tables/*/plan",
                this::plan,
                "/assets/*",
                request -> asset(assets, request));
    }

    /**
     * By route, for the time before the loader has started.
     *
     * @param message supplies what it waits for
     */
    static Map<String, Answering> beforeStart(Supplier<String> message) {
        Map<String, Asset> files = Assets.all();
        Answering top = request -> say(503, "The loader starts", message.get() + ".", "./", true);
        return Map.of(
                "/",
                top,
                "/now",
                top,
                "/tables/*",
                request -> say(503, "The loader starts", message.get() + ".", "../", true),
                "/tables/*/plan",
                request -> say(503, "The loader starts", message.get() + ".", "../../", true),
                "/assets/*",
                request -> asset(files, request));
    }

    private Answer all(Request request) {
        Choice choice;
        try {
            QueryParameters parameters = new QueryParameters(request.query(), CHOICE);
            choice = Choice.of(
                    parameters.one(SHOW).orElse(Choice.ALL),
                    parameters.one(SEARCH).orElse(""),
                    parameters.one(SORT).orElse(Choice.all().sort().word()));
        } catch (IllegalArgumentException e) {
            return wrong(e, "./");
        }
        return watch.all()
                .map(document -> html(Pages.render(AllPage.of(document, choice, now(document), ZONE))))
                .orElseGet(() -> silent("./"));
    }

    private Answer now(Request request) {
        boolean asked;
        try {
            asked = new QueryParameters(request.query(), Set.of(DOCTOR))
                    .one(DOCTOR)
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return wrong(e, "./");
        }
        NowPage.Doctor found = asked ? NowPage.Doctor.asked(doctor.value()) : NowPage.Doctor.notAsked();
        return watch.all()
                .map(document -> html(Pages.render(NowPage.of(document, found, now(document), ZONE))))
                .orElseGet(() -> silent("./"));
    }

    private Answer table(Request request) {
        String name = request.segment().orElseThrow();
        Optional<StatusDocument> all = watch.all();
        if (all.isEmpty()) {
            return silent("../");
        }
        if (!isListed(all.get(), name)) {
            return unknown(name, "../");
        }
        String version = all.get().thisLoader().map(ThisLoader::version).orElse("");
        return watch.table(all.get(), name)
                .map(document -> html(Pages.render(TablePage.of(document, version, now(all.get()), ZONE))))
                .orElseGet(() -> silent("../"));
    }

    private Answer plan(Request request) {
        String name = request.segment().orElseThrow();
        Optional<StatusDocument> all = watch.all();
        if (all.isEmpty()) {
            return silent("../../");
        }
        if (!isListed(all.get(), name)) {
            return unknown(name, "../../");
        }
        return plans.computeIfAbsent(
                        name, table -> new LatestValue<>(() -> plan.apply(table), PLAN_FRESH, PATIENCE, KEPT))
                .value()
                .map(page -> html(Pages.render(page)))
                .orElseGet(() -> say(
                        503,
                        "No plan for " + name + " yet",
                        "The databases have not answered. The page tries again.",
                        "../../",
                        true));
    }

    private static boolean isListed(StatusDocument all, String name) {
        return all.tables().stream().anyMatch(row -> row.table().equals(name));
    }

    private static Answer asset(Map<String, Asset> assets, Request request) {
        Asset asset = assets.get(request.segment().orElseThrow());
        return asset == null
                ? Answer.error(404, "there is nothing at this path")
                : new Answer(200, asset.type(), asset.content(), Map.of()).tagged(asset.tag());
    }

    /** Now by the clock of the target, which all times of the page are compared with. */
    private static Instant now(StatusDocument document) {
        return document.generatedAt().plusSeconds(document.ageSeconds());
    }

    private static Answer html(String page) {
        return new Answer(200, Answer.HTML, page);
    }

    private static Answer wrong(IllegalArgumentException e, String root) {
        return say(400, "Not an address of this page", e.getMessage(), root, false);
    }

    private static Answer unknown(String name, String root) {
        return say(
                404,
                "No such table",
                "'" + QueryParameters.shown(name) + "' is neither in the table list nor tracked.",
                root,
                false);
    }

    private static Answer silent(String root) {
        String text = "The target does not answer, and was not read before. The page tries again.";
        return say(503, "Nothing is known yet", text, root, true);
    }

    private static Answer say(int status, String title, String text, String root, boolean again) {
        Answer answer = new Answer(
                status, Answer.HTML, Pages.render(MessagePage.of(title, text, root, again, Instant.now(), ZONE)));
        return again ? answer.later() : answer;
    }
}
