package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.Messages;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TlsReasonTest {
    /** The first login of a user of MySQL 8.0, or the first after the server's cache was emptied. */
    @Test
    void aPasswordThatNeedsTlsOrAPublicKeyIsNamed() {
        SQLException thrown = new SQLException(Messages.getString("Sha256PasswordPlugin.2"), "08001");

        assertThat(TlsReason.of(thrown, "SOURCE")).hasValueSatisfying(reason -> assertThat(reason)
                .contains("caching_sha2_password", "SOURCE_TLS_MODE", "allowPublicKeyRetrieval=true to SOURCE_URL"));
    }

    @Test
    void anotherLostConnectionIsNotExplainedByTls() {
        assertThat(TlsReason.of(new SQLException("Communications link failure", "08S01"), "SOURCE"))
                .isEmpty();
    }
}
