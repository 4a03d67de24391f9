package io.postgresloader.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.app.LoaderFixture;
import io.postgresloader.database.Warehouse;
import io.postgresloader.testing.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Who holds a table; {@code SilentHolderIT} has real processes that are silent for long. */
class LockHolderIT {
    private final LoaderFixture fixture = new LoaderFixture(TestServers.source(), TestServers.postgres());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theHolderOfATableIsFoundByItsSign() throws Exception {
        fixture.source().execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY)");
        fixture.tables("t:\nu:").load("t");
        fixture.load("u");
        Warehouse warehouse = new Warehouse(
                new DriverManagerDataSource(
                        fixture.target().url(), fixture.target().user(), ""),
                "raw");

        try (LoadLock lock = LoadLock.tryTake(warehouse, "t").orElseThrow()) {
            assertThat(lock.held()).isTrue();
            assertThat(LockHolder.silent(warehouse)).isEmpty();
            Thread.sleep(10);
            assertThat(LockHolder.silent(warehouse, Duration.ZERO))
                    .singleElement()
                    .satisfies(holder -> {
                        assertThat(holder.table()).isEqualTo("t");
                        assertThat(holder.process())
                                .matches("host \\S+, process "
                                        + ProcessHandle.current().pid());
                    });
        }
        assertThat(LockHolder.silent(warehouse, Duration.ZERO)).isEmpty();
    }
}
