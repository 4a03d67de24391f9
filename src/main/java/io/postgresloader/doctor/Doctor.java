package io.postgresloader.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs all checks that can be run. */
public final class Doctor {
    private Doctor() {}

    /**
     * Examines configuration, databases and tables. Nothing is changed.
     *
     * @return at least one finding of each check that could be run, in the order of {@link Check}; of a database that
     *     cannot be used, why
     */
    public static List<Finding> examine(Examined examined) {
        List<Examination> checks = new ArrayList<>(PasswordChecks.of(examined.passwordFiles()));
        boolean source = examined.sourceSilence().isEmpty();
        boolean target = examined.targetSilence().isEmpty();
        checks.add(
                connection(Check.SOURCE_CONNECTION, examined.settings().source().toString(), examined.sourceSilence()));
        checks.add(
                connection(Check.TARGET_CONNECTION, examined.settings().target().toString(), examined.targetSilence()));
        SourceFacts sourceFacts = new SourceFacts(examined.source());
        TargetFacts targetFacts = new TargetFacts(examined.warehouse());
        if (source) {
            checks.addAll(SourceChecks.of(examined, sourceFacts));
            checks.addAll(SourceTableChecks.of(examined, sourceFacts));
        }
        if (target) {
            checks.addAll(TargetChecks.of(examined, targetFacts));
            checks.addAll(TargetSessionChecks.of(targetFacts));
            checks.addAll(TargetTableChecks.of(examined, targetFacts));
        }
        if (source && target) {
            checks.addAll(BothSidesChecks.of(examined, sourceFacts, targetFacts));
        }
        return checks.stream()
                .sorted(Comparator.comparing(Examination::check))
                .flatMap(check -> check.run().stream())
                .toList();
    }

    private static Examination connection(Check check, String who, Optional<String> silence) {
        return Examination.of(check, () -> silence.map(check::fault).orElseGet(() -> check.ok("connected as " + who)));
    }
}
