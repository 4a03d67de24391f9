package io.postgresloader.doctor;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examines what role, database and server set for sessions of the target. */
final class TargetSessionChecks {
    private static final List<String> TIMEOUTS = List.of(
            "statement_timeout",
            "lock_timeout",
            "transaction_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout");

    private final TargetFacts facts;

    private TargetSessionChecks(TargetFacts facts) {
        this.facts = facts;
    }

    static List<Examination> of(TargetFacts facts) {
        TargetSessionChecks checks = new TargetSessionChecks(facts);
        return List.of(
                Examination.of(Check.TARGET_ZONE, checks::zone),
                new Examination(Check.TARGET_TIMEOUTS, "no time-out is set", checks::timeouts),
                Examination.of(Check.TARGET_ISOLATION, checks::isolation),
                Examination.of(Check.TARGET_SEARCH_PATH, checks::searchPath));
    }

    private Finding zone() {
        return Check.TARGET_ZONE.ok(
                "the time zone of sessions is " + given("TimeZone") + "; the loader's sessions use UTC");
    }

    /** The loader's session overrides all of them. */
    private List<Finding> timeouts() {
        Stream<String> set = TIMEOUTS.stream().flatMap(name -> facts.setting(name).stream()
                .filter(setting -> !setting.given().equals("0"))
                .map(setting -> name + " = " + setting.given() + " " + setting.unit()));
        String found = set.collect(Collectors.joining(", "));
        return found.isEmpty()
                ? List.of()
                : List.of(Check.TARGET_TIMEOUTS.ok(
                        "role, database or server set " + found + "; the loader's sessions override it"));
    }

    private Finding isolation() {
        String level = given("default_transaction_isolation");
        return Check.TARGET_ISOLATION.ok("the default is " + level
                + (level.equals("read committed") ? "" : "; the loader's sessions use read committed"));
    }

    private Finding searchPath() {
        return Check.TARGET_SEARCH_PATH.ok("the role's search path is " + given("search_path")
                + "; the loader qualifies all names, and its sessions use none");
    }

    private String given(String name) {
        return facts.setting(name).map(TargetFacts.Setting::given).orElse("unknown");
    }
}
