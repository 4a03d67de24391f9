package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.LoadResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator has set for the loader's role or database in the target does not stop a load. */
class TargetSessionIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @BeforeEach
    void role() {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int PRIMARY KEY, Note varchar(50))",
                        "INSERT INTO visit SELECT seq, REPEAT('x', 50) FROM seq_1_to_50000");
        fixture.target()
                .execute(
                        "DROP ROLE IF EXISTS limited",
                        "CREATE ROLE limited LOGIN",
                        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO limited', current_database()); END $$");
        fixture.tables("visit:").set("TARGET_USER", "limited");
    }

    @AfterEach
    void dropRole() {
        fixture.close();
        fixture.target().execute("DROP OWNED BY limited", "DROP ROLE limited");
    }

    @ParameterizedTest
    @CsvSource({
        "statement_timeout, 50ms, 0",
        "idle_in_transaction_session_timeout, 50ms, 0",
        "idle_session_timeout, 50ms, 0",
        "lock_timeout, 1ms, 30s",
        "default_transaction_isolation, serializable, read committed",
        "default_transaction_deferrable, on, off"
    })
    void theSessionHasItsOwnValue(String setting, String ofRole, String ofSession) {
        fixture.target().execute("ALTER ROLE limited SET " + setting + " = '" + ofRole + "'");

        try (Databases databases = Databases.openTarget(fixture.configuration().settings())) {
            assertThat(databases
                            .warehouse()
                            .jdbc()
                            .sql("SHOW " + setting)
                            .query(String.class)
                            .single())
                    .isEqualTo(ofSession);
        }
    }

    @Test
    void shortTimeOutsDoNotStopALoadOrAComparison() {
        for (String setting :
                new String[] {"statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"}) {
            fixture.target().execute("ALTER ROLE limited SET " + setting + " = '10ms'");
        }

        assertThat(fixture.load("visit").outcome()).isEqualTo(Outcome.SUCCESS);
        fixture.target().execute("UPDATE raw.visit SET \"Note\" = 'y' WHERE \"Id\" = 7");
        assertThat(fixture.repair("visit").before().different()).isEqualTo(1);
    }
}
