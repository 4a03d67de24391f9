package io.postgresloader.config.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.ConfigFiles;
import io.postgresloader.model.Column;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogCheckTest {
    private static final Map<String, SourceTable> SOURCE =
            Map.of("adjustment", table("adjustment", "AdjNum", "SecDateTEdit"), "fee", table("fee", "FeeNum"));

    @TempDir
    Path directory;

    record Case(String text, String... messages) {}

    static Stream<Case> unknownNames() {
        return Stream.of(
                new Case(
                        "fee:\nadjustmnt:",
                        "2: adjustmnt: the source has no table adjustmnt; did you mean adjustment?"),
                new Case("Adjustment:", "1: Adjustment: the source has no table Adjustment; did you mean adjustment?"),
                new Case(
                        "securitylog:",
                        "1: securitylog: the source has no table securitylog; correct the name, restore it in the source, or remove it from the table list"),
                new Case(
                        "fee:\n  primary_key: FeNum",
                        "2: fee.primary_key: 'FeNum' is not a column of fee; did you mean FeeNum? allowed: FeeNum"),
                new Case(
                        "fee:\n  primary_key:\n  - FeeNum\n  - PatNum",
                        "4: fee.primary_key: 'PatNum' is not a column of fee; allowed: FeeNum"),
                new Case(
                        """
                        adjustment:
                          incremental_columns:
                            - SecDateTEdt
                            - AdjDate
                          column_priorities: [AdjDate]
                        """,
                        "3: adjustment.incremental_columns: 'SecDateTEdt' is not a column of adjustment; did you mean SecDateTEdit? allowed: AdjNum, SecDateTEdit",
                        "4: adjustment.incremental_columns: 'AdjDate' is not a column of adjustment; "
                                + "allowed: AdjNum, SecDateTEdit"),
                new Case(
                        "fee:\n  load: full\n  primary_incremental_column: X",
                        "3: fee.primary_incremental_column: " + "'X' is not a column of fee; allowed: FeeNum"),
                new Case(
                        "fee:\n  column_types:\n    B: text\n    A: text\nfees:",
                        "3: fee.column_types: 'B' is not a column of fee; allowed: FeeNum",
                        "4: fee.column_types: 'A' is not a column of fee; allowed: FeeNum",
                        "5: fees: the source has no table fees; did you mean fee?"));
    }

    @ParameterizedTest
    @MethodSource("unknownNames")
    void everyUnknownNameIsReportedWithItsLine(Case wrong) {
        assertThat(check(wrong.text()))
                .isEqualTo(
                        Stream.of(wrong.messages()).map(m -> "tables.yml:" + m).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fee:\nadjustment:",
                "adjustment: {primary_key: adjnum, incremental_columns: [SECDATETEDIT], column_types: {adjNum: text}}"
            })
    void columnsMayDifferInCase(String text) {
        assertThat(check(text)).isEmpty();
    }

    private List<String> check(String text) {
        Catalog catalog = CatalogReader.read(ConfigFiles.write(directory, "tables.yml", text));
        return ConfigFiles.problems(directory, () -> CatalogCheck.against(catalog, SOURCE));
    }

    private static SourceTable table(String name, String... columns) {
        return new SourceTable(
                name,
                Stream.of(columns).map(CatalogCheckTest::column).toList(),
                List.of(new Key(List.of(columns[0]))),
                0);
    }

    private static Column column(String name) {
        OptionalInt none = OptionalInt.empty();
        return new Column(name, "bigint", "bigint(20)", false, none, none, none, Optional.empty());
    }
}
