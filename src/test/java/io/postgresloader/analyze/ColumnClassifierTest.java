package io.postgresloader.analyze;

import static io.postgresloader.analyze.ColumnRole.BUSINESS;
import static io.postgresloader.analyze.ColumnRole.EDIT;
import static io.postgresloader.analyze.ColumnRole.EMPTY;
import static io.postgresloader.analyze.ColumnRole.ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnClassifierTest {
    private static final ColumnEvidence IN_ORDER = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 0);
    private static final ColumnEvidence ALMOST_IN_ORDER = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 4);
    private static final ColumnEvidence EDITED = new ColumnEvidence(1000, 0, 0, 0, 0, 0, 990, 30);
    private static final ColumnEvidence FUTURE = new ColumnEvidence(1000, 0, 0, 0, 0, 11, 990, 30);
    private static final ColumnEvidence MOSTLY_SENTINELS = new ColumnEvidence(1000, 0, 0, 700, 0, 0, 299, 20);
    private static final ColumnEvidence NO_VALUE = new ColumnEvidence(1000, 400, 100, 400, 100, 0, 0, 0);
    private static final ColumnEvidence FEW = new ColumnEvidence(50, 0, 0, 0, 0, 0, 49, 9);
    private static final ColumnEvidence NO_ROW = new ColumnEvidence(0, 0, 0, 0, 0, 0, 0, 0);

    static Stream<Case> cases() {
        return Stream.of(
                new Case("DateEntry", true, IN_ORDER, EDIT, "ON UPDATE"),
                new Case("DateEntry", true, FUTURE, EDIT, "ON UPDATE"),
                new Case("DateTStamp", true, NO_VALUE, EMPTY, "no valid date"),
                new Case("DateTStamp", true, NO_ROW, EDIT, "ON UPDATE"),
                new Case("DateTStamp", false, EDITED, EDIT, "3% of the sample is out of key order"),
                new Case("DateTStamp", false, MOSTLY_SENTINELS, EDIT, "7% of the sample is out of key order"),
                new Case("DateTStamp", false, ALMOST_IN_ORDER, EDIT, "0.4% of the sample is out of key order"),
                new Case("DateTStamp", false, IN_ORDER, ENTRY, "edits do not change it"),
                new Case("DateTStamp", false, FEW, EDIT, "the sample is too small"),
                new Case("DateTStamp", false, NO_ROW, EDIT, "the sample is too small"),
                new Case("DateEditDue", false, FUTURE, BUSINESS, "1% of the dates are in the future"),
                new Case("LogDateTime", false, IN_ORDER, ENTRY, "100% in key order"),
                new Case("LogDateTime", false, ALMOST_IN_ORDER, ENTRY, "99.6% in key order"),
                new Case("SecDateTEntry", false, FEW, ENTRY, "its name suggests an entry time"),
                new Case("SecDateTEntry", false, EDITED, BUSINESS, "not in key order"),
                new Case("ProcDate", false, EDITED, BUSINESS, "not in key order"),
                new Case("ProcDate", false, FEW, BUSINESS, "nothing indicates"),
                new Case("ProcDate", false, NO_VALUE, EMPTY, "no valid date"),
                // Random keys are out of the order of any column.
                new Case("DateTStamp", true, EDITED, EDIT, "ON UPDATE").byRandomKeys(),
                new Case("DateTStamp", false, EDITED, ENTRY, "keys are random").byRandomKeys(),
                new Case("SecDateTEntry", false, EDITED, ENTRY, "keys are random").byRandomKeys(),
                new Case("ProcDate", false, EDITED, BUSINESS, "nothing indicates").byRandomKeys());
    }

    record Case(
            String name, boolean onUpdate, ColumnEvidence evidence, ColumnRole role, String reason, boolean random) {
        Case(String name, boolean onUpdate, ColumnEvidence evidence, ColumnRole role, String reason) {
            this(name, onUpdate, evidence, role, reason, false);
        }

        Case byRandomKeys() {
            return new Case(name, onUpdate, evidence, role, reason, true);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void declarationGoesBeforeRowsAndRowsBeforeNames(Case given) {
        ColumnFinding finding = ColumnClassifier.classify(
                Columns.datetime(given.name, given.onUpdate), Optional.empty(), given.evidence, given.random);
        assertThat(finding.role()).isEqualTo(given.role);
        assertThat(finding.reason()).contains(given.reason);
    }
}
