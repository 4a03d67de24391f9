package io.postgresloader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** The lag includes a second that was cut, and the time for which a silent primary is not noticed. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Yes,        Yes, 0,  0,   61",
                "Yes,        Yes, 30, 0,   91",
                "Yes,        Yes, 0,  600, 661",
                "Yes,        Yes, 900, 600, 961",
                "Yes,        No,  -,  0,   -",
                "No,         Yes, -,  0,   -",
                // Caught up with all that it has received, which is all that it knows.
                "Connecting, Yes, 0,  0,   -",
                "Yes,        Yes, -,  0,   -"
            })
    void aReplicaIsBehindByWhatItSaysAndCannotKnow(String io, String sql, Long behind, long delay, Long lag) {
        Replication.Following following =
                Replication.following(List.of(new ReplicaStatus(io, sql, Optional.ofNullable(behind), delay)), TIMEOUT);

        assertThat(following.lag()).isEqualTo(Optional.ofNullable(lag).map(Duration::ofSeconds));
        assertThat(following.notes()).hasSize(1);
    }

    @Test
    void theSlowestOfSeveralPrimariesCounts() {
        ReplicaStatus quick = new ReplicaStatus("Yes", "Yes", Optional.of(1L), 0);
        ReplicaStatus slow = new ReplicaStatus("Yes", "Yes", Optional.of(20L), 0);
        ReplicaStatus broken = new ReplicaStatus("No", "Yes", Optional.empty(), 0);

        assertThat(Replication.following(List.of(quick, slow), TIMEOUT).lag()).contains(Duration.ofSeconds(81));
        assertThat(Replication.following(List.of(quick, broken, slow), TIMEOUT).lag())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = ';',
            value = {
                "server_uuid=u;                  u; true",
                "server_uuid=u, server_uid=v;    u; true",
                "server_uid=v, hostname=h;       v; false",
                "server_uid=, hostname=h, port=1; h:1; false",
                "hostname=h, port=1;             h:1; false"
            })
    void aServerIsKnownByTheBestOfItsNames(String variables, String id, boolean certain) {
        assertThat(variables(variables).identity()).isEqualTo(new ServerIdentity(id, certain));
    }

    @Test
    void bothServersNamesForTheTimeoutAreKnown() {
        assertThat(variables("replica_net_timeout=7").netTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(variables("slave_net_timeout=8").netTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(variables("read_only=OFF").netTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(variables("read_only=OFF").readOnly()).isFalse();
        assertThat(variables("read_only=NO_LOCK").readOnly()).isTrue();
    }

    private static ServerVariables variables(String text) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split(", ")) {
            values.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        }
        return new ServerVariables(values);
    }
}
