package io.postgresloader.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.config.tables.CatalogReader;
import io.postgresloader.model.Key;
import io.postgresloader.model.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCheckTest {
    private static final Map<String, SourceTable> SOURCE = Map.of(
            "claim", table("claim", new Key(List.of("ClaimNum"))),
            "log", table("log"),
            "claim_bak", table("claim_bak"));

    @TempDir
    Path directory;

    static Stream<Case> cases() {
        return Stream.of(
                new Case("claim:\nlog: {load: full}\n"),
                new Case("claim: {primary_key: claimnum, incremental_columns: [DateTStamp]}\nlog: {load: full}\n"),
                new Case("claim: {primary_key: [ClaimNum, Note]}\nlog: {load: full}\nclaim_bak: {load: full}\n"),
                new Case("claim:\n", "table log: not in the list"),
                new Case("claim:\nlog:\n", "table log: has no unique not-null key"),
                new Case(
                        "claim: {primary_key: Note}\nlog: {load: full}\n",
                        "table claim: primary_key (Note) is not unique and not null"),
                new Case(
                        "claim: {incremental_columns: [Note]}\nlog: {load: full}\n",
                        "table claim: cursor column Note has the type varchar"),
                new Case(
                        "claim: {incremental_columns: [Removed]}\nlog: {load: full}\nclain:\n",
                        "tables.yml:1: claim.incremental_columns: 'Removed' is not a column of claim",
                        "tables.yml:3: clain: the source has no table clain; did you mean claim?"));
    }

    record Case(String list, List<String> mismatches) {
        Case(String list, String... mismatches) {
            this(list, List.of(mismatches));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesWhatNoLongerFits(Case given) throws IOException {
        Path file = Files.writeString(directory.resolve("tables.yml"), given.list);
        List<String> mismatches =
                SchemaCheck.mismatches(CatalogReader.read(file), SOURCE, new TablePatterns(List.of("bak")));
        assertThat(mismatches).hasSameSizeAs(given.mismatches);
        for (int i = 0; i < mismatches.size(); i++) {
            assertThat(mismatches.get(i)).contains(given.mismatches.get(i));
        }
    }

    private static SourceTable table(String name, Key... keys) {
        return new SourceTable(
                name,
                List.of(
                        Columns.of("ClaimNum", "bigint"),
                        Columns.of("Note", "varchar"),
                        Columns.datetime("DateTStamp", true)),
                List.of(keys),
                100,
                50,
                true);
    }
}
