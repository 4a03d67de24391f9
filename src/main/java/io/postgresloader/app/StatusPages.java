package io.postgresloader.app;

import io.postgresloader.camel.operate.PageAnswers;
import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.load.plan.LoadExplainer;
import io.postgresloader.load.plan.PlanExplanation;
import io.postgresloader.monitor.StatusWatch;
import io.postgresloader.page.Mark;
import io.postgresloader.page.NowPage.Complaint;
import io.postgresloader.page.PlanPage;
import io.postgresloader.page.TablePage.Fact;
import io.postgresloader.page.Tone;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the status page asks only on a click: the plan of a table, and what doctor finds. */
final class StatusPages {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NUMBER = Pattern.compile("-?\\b\\d+\\b");

    private final Session session;

    private StatusPages(Session session) {
        this.session = session;
    }

    static PageAnswers of(Session session, StatusWatch watch) {
        StatusPages pages = new StatusPages(session);
        return new PageAnswers(watch, pages::plan, pages::complaints);
    }

    private PlanPage plan(String table) {
        if (session.catalog().table(table).isEmpty()) {
            return page(table, "The table is not in the table list, so that it is not loaded.", false, List.of(), "");
        }
        PlanExplanation plan = new LoadExplainer(session.services(), true).explain(table);
        return plan.read()
                .map(read -> page(table, read.type() + ": " + read.reason(), true, facts(plan, read), read.sql()))
                .orElseGet(() ->
                        page(table, "It cannot be loaded: " + plan.refusal().orElse(""), false, notes(plan), ""))
                .with(plan.columns().stream()
                        .map(column -> new PlanPage.PlanColumn(
                                column.name(), column.sourceType(), column.targetType(), PlanText.notes(column)))
                        .toList());
    }

    private static PlanPage page(String table, String headline, boolean possible, List<Fact> facts, String sql) {
        return PlanPage.of(table, headline, possible, facts, sql, Version.number(), Instant.now(), ZoneOffset.UTC);
    }

    private static List<Fact> facts(PlanExplanation plan, PlanExplanation.Read read) {
        List<Fact> facts = new ArrayList<>();
        List<String> window = read.window().isEmpty() ? List.of("all rows") : read.window();
        window.forEach(line -> facts.add(fact("window", withoutKeys(line))));
        facts.add(fact(
                "rows",
                String.format(Locale.ROOT, "about %,d, ", read.estimatedRows())
                        + read.index().map(index -> "index " + index).orElse("full table scan")));
        read.warning().ifPresent(warning -> facts.add(fact("warning", warning)));
        facts.addAll(notes(plan));
        return facts;
    }

    private static List<Fact> notes(PlanExplanation plan) {
        List<Fact> facts = new ArrayList<>();
        Map<String, List<String>> labels = Map.of(
                "change", plan.changes(),
                "run first", plan.statements(),
                "note", plan.notes(),
                "excluded", plan.excludedColumns());
        for (String label : List.of("change", "run first", "note", "excluded")) {
            labels.get(label).forEach(line -> facts.add(fact(label, line)));
        }
        return facts;
    }

    private static Fact fact(String label, String text) {
        return new Fact(label, text, "");
    }

    /** A time is when something changed; any other bound is the value of a row, which those without a login must not see. */
    private static String withoutKeys(String window) {
        return DATE.matcher(window).find() ? window : NUMBER.matcher(window).replaceAll("…");
    }

    /** Files with passwords are examined by the command, which knows where they are. */
    private List<Complaint> complaints() {
        Checkup checkup = Checkup.withoutFiles(session.settings());
        return checkup
                .examine(
                        session.catalog(),
                        List.copyOf(session.catalog().tables().keySet()),
                        session.databases())
                .stream()
                .filter(finding -> finding.level() != Level.OK)
                .map(StatusPages::complaint)
                .toList();
    }

    private static Complaint complaint(Finding finding) {
        boolean fault = finding.level() == Level.FAULT;
        return new Complaint(new Mark(finding.level().word(), fault ? Tone.BAD : Tone.WARN), finding.line());
    }
}
