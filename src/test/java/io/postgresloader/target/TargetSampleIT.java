package io.postgresloader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.database.Warehouse;
import io.postgresloader.demo.server.EmbeddedPostgresServer;
import io.postgresloader.model.DeletePolicy;
import io.postgresloader.model.Key;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.TestServers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Whether a sample holds all rows depends on its size and on the pages of the table. */
class TargetSampleIT {
    @ParameterizedTest
    @CsvSource({
        "few_rows, '', 50, 10, true",
        "wide_rows, '', 50, 300000, false",
        "many_rows, '', 1000, 10, false",
        "many_pages, '', 900, 7000, false",
        "few_rows_parted, PARTITION BY RANGE (id), 50, 10, true",
        "many_pages_parted, PARTITION BY RANGE (id), 900, 7000, false"
    })
    void aSampleHoldsAllRowsOfASmallTable(String name, String parent, int rows, int bytes, boolean whole)
            throws Exception {
        EmbeddedPostgresServer server = TestServers.postgres();
        server.createDatabase("sample_" + name);
        Database target = new Database(server.jdbcUrl("sample_" + name), EmbeddedPostgresServer.USER, "");
        target.execute("CREATE SCHEMA raw", "CREATE TABLE raw.t (id int, note text) " + parent);
        if (!parent.isEmpty()) {
            target.execute(
                    "CREATE TABLE raw.low PARTITION OF raw.t FOR VALUES FROM (0) TO (100)",
                    "CREATE TABLE raw.high PARTITION OF raw.t FOR VALUES FROM (100) TO (10000)");
        }
        // Pages as wide as the rows: the storage is neither compressed nor out of line, unless it must be.
        target.execute(
                "ALTER TABLE raw.t ALTER note SET STORAGE MAIN",
                "INSERT INTO raw.t SELECT n, (SELECT string_agg(md5(n::text || i::text), '') FROM"
                        + " generate_series(0, " + bytes + " / 32) i) FROM generate_series(1, " + rows + ") n");
        Warehouse warehouse =
                new Warehouse(new DriverManagerDataSource(target.url(), EmbeddedPostgresServer.USER, ""), "raw");
        TargetTable table =
                new TargetTable("raw", "t", List.of("id", "note"), new Key(List.of("id")), DeletePolicy.DELETE);

        assertThat(new TargetSample(warehouse).rows(table, 1_000).whole()).isEqualTo(whole);
    }
}
