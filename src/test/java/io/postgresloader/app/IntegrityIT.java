package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.camel.ChunkSteps;
import io.postgresloader.camel.LoadVariables;
import io.postgresloader.load.plan.LoadPlan;
import io.postgresloader.load.run.Claim;
import io.postgresloader.load.run.Position;
import io.postgresloader.model.FailureKind;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.model.Page;
import io.postgresloader.model.RowBatch;
import io.postgresloader.testing.Extent;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that are counted and do not come. */
@Tag(Extent.SMOKE)
class IntegrityIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void aLoadedTable() {
        fixture.source()
                .execute(
                        "CREATE TABLE t (id int PRIMARY KEY, at datetime NOT NULL DEFAULT '2020-01-01') ENGINE=MyISAM",
                        "INSERT INTO t (id) SELECT seq FROM seq_1_to_30");
        fixture.set("LOADER_PAGE_ROWS", "10")
                .tables("t: {incremental_columns: [at]}")
                .load("t");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aLostRowIsAViolationAndTheWatermarkStays() throws Exception {
        String watermarks = fixture.status("t", "watermarks");
        fixture.source().execute("UPDATE t SET at = NOW() WHERE id <= 5");
        afterThePull(exchange -> rows(exchange).next());

        LoadResult violated = fixture.load("t");

        assertThat(violated.failure())
                .hasValueSatisfying(f -> assertThat(f.kind()).isEqualTo(FailureKind.INTEGRITY));
        assertThat(fixture.status("t", "load_status || ' ' || error_class || ' ' || error"))
                .contains("failed integrity", "integrity violation in table t: 5 rows were counted and 4 pulled");
        assertThat(fixture.status("t", "watermarks")).isEqualTo(watermarks);
        assertThat(fixture.target().rows("SELECT success FROM raw.etl_table_metrics ORDER BY id"))
                .containsExactly("t", "f");
        assertThat(fixture.target().rows("SELECT key, reason, state FROM raw.etl_dead_letter"))
                .containsExactly("∅|integrity|open");

        fixture.stop();
        LoadResult next = fixture.load("t");

        assertThat(next.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t WHERE at > '2020-01-01'"))
                .isEqualTo(5);
        assertThat(fixture.target().rows("SELECT state FROM raw.etl_dead_letter"))
                .containsExactly("superseded");
    }

    @Test
    void aRowDeletedDuringTheLoadIsNoViolation() throws Exception {
        fixture.source().execute("UPDATE t SET at = NOW() WHERE id <= 5");
        before("pull-page", "pull-page-pull", exchange -> fixture.source().execute("DELETE FROM t WHERE id = 3"));

        assertThat(fixture.load("t").outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aRowThatReplacesADeletedOneIsNoViolation() throws Exception {
        fixture.source()
                .execute(
                        "CREATE TABLE code (code varchar(9) PRIMARY KEY, at datetime NOT NULL) ENGINE=MyISAM",
                        "INSERT INTO code VALUES ('a', '2020-01-01'), ('b', '2020-01-01')");
        fixture.tables("code: {incremental_columns: [at]}").load("code");
        fixture.source().execute("UPDATE code SET at = NOW()");
        AtomicBoolean done = new AtomicBoolean();
        before("pull-page", "pull-page-pull", exchange -> {
            if (done.compareAndSet(false, true)) {
                fixture.source().execute("DELETE FROM code WHERE code = 'a'");
            }
        });
        before("finish-load", "finish-load-complete", exchange -> fixture.source()
                .execute("INSERT IGNORE INTO code VALUES ('c', NOW())"));

        assertThat(fixture.load("code").outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.target().rows("SELECT code FROM raw.code ORDER BY 1"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aChunkWithARowThatIsNotAccountedForIsRolledBack() throws Exception {
        fixture.source().execute("INSERT INTO t (id) VALUES (31), (32)");
        // The batch is written, and what became of it is forgotten: as a faulty upsert would have it.
        AdviceWith.adviceWith(fixture.loader().context(), "load-chunk", route -> route.weaveById("load-chunk-upsert")
                .after()
                .process(IntegrityIT::forgetTheBatch));

        LoadResult unbalanced = fixture.load("t");

        assertThat(unbalanced.failure()).hasValueSatisfying(f -> assertThat(f.message())
                .contains("of 2 rows pulled, 0 were inserted", "the chunk is rolled back"));
        assertThat(fixture.target().count("SELECT count(*) FROM raw.t")).isEqualTo(30);
    }

    @Test
    void afterAFullLoadTheDifferenceOfTheCountsIsNamed() {
        fixture.target().execute("INSERT INTO raw.t (id) VALUES (-1)");

        assertThat(fixture.load("t", LoadRequest.Kind.FULL).outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.status("t", "source_rows || ' ' || target_rows || ' ' || notes"))
                .isEqualTo("30 31 source has 30 rows, target 31: 1 more (open dead letters: 0)");
    }

    /** Exchanges the result of the batch for that of a batch without rows. */
    private static void forgetTheBatch(Exchange exchange) {
        RowBatch none =
                exchange.getVariable(LoadVariables.PAGE, Page.class).rows().slice(0, 0);
        ChunkSteps chunk = exchange.getContext().getRegistry().lookupByNameAndType("chunk", ChunkSteps.class);
        exchange.getMessage()
                .setBody(chunk.upsert(
                        exchange.getVariable(LoadVariables.CLAIM, Claim.class),
                        exchange.getVariable(LoadVariables.PLAN, LoadPlan.Reading.class),
                        exchange.getVariable(LoadVariables.POSITION, Position.class),
                        none));
    }

    private void afterThePull(Processor processor) throws Exception {
        AdviceWith.adviceWith(fixture.loader().context(), "pull-page", route -> route.weaveById("pull-page-pull")
                .after()
                .process(processor));
    }

    private void before(String routeId, String stepId, Processor processor) throws Exception {
        AdviceWith.adviceWith(fixture.loader().context(), routeId, route -> route.weaveById(stepId)
                .before()
                .process(processor));
    }

    private static Iterator<?> rows(Exchange exchange) {
        return exchange.getMessage().getBody(Iterator.class);
    }
}
