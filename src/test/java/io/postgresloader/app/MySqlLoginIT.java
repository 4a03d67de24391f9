package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.demo.server.SourceServer;
import io.postgresloader.model.LoadResult.Outcome;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.OnlyOn;
import io.postgresloader.testing.OnlyOn.Products;
import io.postgresloader.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The login that MySQL 8.0 gives a new user: its password crosses the network encrypted, or not at all. */
@Tag(Extent.CORE)
@OnlyOn(value = Products.MYSQL_8, because = "caching_sha2_password is MySQL's since 8.0")
class MySqlLoginIT {
    private static SourceServer server;

    private LoaderFixture fixture;

    @BeforeEach
    void create() {
        if (server == null) {
            server = TestServers.startSource("UTC0", List.of("--ssl"));
        }
        fixture = new LoaderFixture(server);
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY)",
                        "INSERT INTO visit SELECT seq FROM seq_1_to_20",
                        "CREATE USER IF NOT EXISTS 'hashed'@'127.0.0.1' IDENTIFIED WITH caching_sha2_password BY 'demo'",
                        "GRANT SELECT, PROCESS ON *.* TO 'hashed'@'127.0.0.1'",
                        // Until the first login the server has nothing to compare a hash with.
                        "FLUSH PRIVILEGES");
        fixture.tables("visit:").set("SOURCE_USER", "hashed");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"prefer, ''", "require, ''", "disable, ?allowPublicKeyRetrieval=true"})
    void theUserLogsInAndLoads(String mode, String parameters) {
        fixture.set("SOURCE_TLS_MODE", mode)
                .set("SOURCE_URL", fixture.environment().get("SOURCE_URL") + parameters);

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);

        assertThat(fixture.target().count("SELECT count(*) FROM raw.visit")).isEqualTo(20);
    }

    @Test
    void withoutTlsAndTheServersKeyTheFirstLoginFails() {
        fixture.set("SOURCE_TLS_MODE", "disable");

        assertThatThrownBy(() ->
                        Databases.openSource(fixture.configuration().settings()).close())
                .isInstanceOf(UnreachableException.class);
    }
}
