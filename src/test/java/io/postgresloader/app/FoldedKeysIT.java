package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.Counts;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key of the target that does not distinguish upper from lower case is compared as its unique index compares it. */
class FoldedKeysIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.citext", "ext.citext", "raw.folded", "text COLLATE raw.folding"})
    void aKeyInOtherCaseIsTheSameRow(String type) {
        fixture.source()
                .execute(
                        "CREATE TABLE code (a varchar(20) CHARACTER SET latin1, b int, V varchar(20), PRIMARY KEY (a, b))",
                        "INSERT INTO code SELECT CONCAT('key', seq), 1, 'v' FROM seq_1_to_300");
        fixture.target()
                .execute(
                        "CREATE SCHEMA raw",
                        "CREATE SCHEMA ext",
                        "CREATE EXTENSION citext SCHEMA " + (type.startsWith("public") ? "public" : "ext"),
                        "CREATE DOMAIN raw.folded AS " + (type.startsWith("public") ? "public" : "ext") + ".citext",
                        "CREATE COLLATION raw.folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                        "CREATE TABLE raw.code (a " + type + ", b int, \"V\" text, PRIMARY KEY (a, b))");
        fixture.tables("code: {load: full, reconcile: off, skip_unchanged: false}");
        fixture.load("code");
        fixture.source().execute("UPDATE code SET a = 'KEY7', V = 'new' WHERE a = 'key7'");

        assertThat(full().updated()).isEqualTo(1);
        assertThat(fixture.target().rows("SELECT a::text, \"V\" FROM raw.code WHERE \"V\" <> 'v'"))
                .containsExactly("KEY7|new");
        assertThat(full().unchanged()).isEqualTo(300);
        fixture.source().execute("UPDATE code SET a = 'KEY9' WHERE a = 'key9'", "DELETE FROM code WHERE a = 'key8'");
        assertThat(fixture.repair("code").after().proven()).isTrue();
        assertThat(fixture.target().rows("SELECT a::text FROM raw.code WHERE a::text IN ('key8', 'key9', 'KEY9')"))
                .containsExactly("KEY9");
    }

    private Counts full() {
        LoadResult result = fixture.load("code", LoadRequest.Kind.FULL);
        assertThat(result.failure()).isEmpty();
        return result.counts();
    }
}
