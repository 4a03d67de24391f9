package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Database;
import io.postgresloader.testing.Sampled;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of any size arrive exactly over a compressed connection to the source. */
class CompressionIT {
    private final LoaderFixture fixture = new LoaderFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @Sampled(oneOf = 3)
    @CsvSource({"on, '', ON", "off, '', OFF", "off, ?useCompression=true, ON"})
    void rowsArriveExactly(String setting, String parameter, String compression) throws SQLException {
        fixture.source()
                .execute(
                        "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Note longtext, Image longblob)",
                        "INSERT INTO visit SELECT seq, REPEAT(CONCAT('note ', seq, ' '), seq), UNHEX(SHA2(seq, 512))"
                                + " FROM seq_1_to_3000",
                        // Longer than a packet of the protocol, and hardly to be compressed.
                        "INSERT INTO visit SELECT 9001, REPEAT('ä', 9000000), GROUP_CONCAT(UNHEX(SHA2(seq, 512)))"
                                + " FROM seq_1_to_3000");
        fixture.tables("visit:")
                .set("SOURCE_COMPRESSION", setting)
                .set("SOURCE_URL", fixture.environment().get("SOURCE_URL") + parameter);

        fixture.load("visit");

        assertThat(Canonical.differences(fixture.source(), fixture.target(), "visit"))
                .isEmpty();
        try (Databases databases = Databases.open(fixture.configuration().settings());
                Connection source = databases.source().connection()) {
            assertThat(Database.rows(source, "SHOW SESSION STATUS LIKE 'Compression'"))
                    .containsExactly("Compression|" + compression);
        }
    }
}
