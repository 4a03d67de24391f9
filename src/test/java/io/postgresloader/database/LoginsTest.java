package io.postgresloader.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class LoginsTest {
    private Duration now = Duration.ofHours(-1);
    private String file = "old";
    private String valid = "old";
    private SQLException refusal = new SQLException("", "28P01");
    private final List<Duration> attempts = new ArrayList<>();
    private final Logins logins = new Logins(new Server(), () -> "user", () -> file, () -> now);

    @Test
    void thePasswordIsReadAgainForEachConnection() throws SQLException {
        assertThat(logins.getConnection()).isNotNull();
        file = "new";
        valid = "new";

        assertThat(logins.getConnection()).isNotNull();
    }

    @Test
    void aRefusedLoginIsTriedAgainWithBackOff() {
        valid = "new";
        for (int second = 0; second <= 200; second++) {
            assertRefused();
            now = now.plusSeconds(1);
        }

        assertThat(attempts.stream().map(at -> at.plusHours(1).toSeconds()))
                .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
    }

    @Test
    void anotherPasswordIsTriedAtOnce() throws SQLException {
        valid = "new";
        assertRefused();
        file = "new";

        assertThat(logins.getConnection()).isNotNull();
        assertThat(Logins.refused(logins)).isFalse();
    }

    @Test
    void mySqlRefusesByItsErrorNumber() {
        valid = "new";
        refusal = new SQLException("", "28000", 1045);
        assertRefused();
        assertRefused();

        assertThat(attempts).hasSize(1);
    }

    @Test
    void aServerThatIsDownIsTriedEachTime() {
        valid = "new";
        refusal = new SQLException("", "08001");
        assertThatThrownBy(logins::getConnection).isSameAs(refusal);
        assertThatThrownBy(logins::getConnection).isSameAs(refusal);

        assertThat(attempts).hasSize(2);
        assertThat(Logins.refused(logins)).isFalse();
    }

    private void assertRefused() {
        assertThatThrownBy(logins::getConnection)
                .isInstanceOfSatisfying(SQLException.class, thrown -> assertThat(thrown.getSQLState())
                        .isEqualTo(refusal.getSQLState()));
        assertThat(Logins.refused(logins)).isTrue();
    }

    private final class Server extends AbstractDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("no name");
        }

        @Override
        public Connection getConnection(String name, String password) throws SQLException {
            attempts.add(now);
            if (!password.equals(valid)) {
                throw refusal;
            }
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);
        }
    }
}
