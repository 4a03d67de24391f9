package io.postgresloader.source;

import io.postgresloader.database.Source;
import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.SqlFailures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds out whether the source is a replica, where rows arrive late with the times of their primary. */
final class Replication {
    private final JdbcClient source;

    Replication(Source source) {
        this.source = source.jdbc();
    }

    /**
     * How the source follows its primary.
     *
     * @param lag how far it may be behind; zero when it has no primary; empty: it does not follow it at the moment
     * @param notes what an operator should know
     */
    record Following(Optional<Duration> lag, List<String> notes) {
        private static final Following NONE = new Following(Optional.of(Duration.ZERO), List.of());
    }

    Following read(ServerVariables server) {
        List<ReplicaStatus> channels;
        try {
            channels = channels(server.mariaDb());
        } catch (DataAccessException e) {
            if (SqlFailures.of(e).kind() == FailureKind.TRANSIENT) {
                throw e;
            }
            return server.readOnly() ? unknown() : Following.NONE;
        }
        return channels.isEmpty() ? Following.NONE : following(channels, server.netTimeout());
    }

    static Following following(List<ReplicaStatus> channels, Duration netTimeout) {
        Optional<ReplicaStatus> broken =
                channels.stream().filter(status -> !status.follows()).findFirst();
        if (broken.isPresent()) {
            return new Following(
                    Optional.empty(),
                    List.of("the source is a replica that does not follow its primary (" + broken.get()
                            + "): watermarks stay where they are until it does; if it is none any more:"
                            + " RESET SLAVE ALL"));
        }
        Duration lag = channels.stream()
                .map(ReplicaStatus::lag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        // So long, a primary that is silent looks like one that has nothing to say.
        return new Following(
                Optional.of(lag.plus(netTimeout)),
                List.of("the source is a replica: a transaction that stays open on its primary for longer than the"
                        + " table's lookback can be missed"));
    }

    private List<ReplicaStatus> channels(boolean mariaDb) {
        if (mariaDb) {
            return channels("SHOW ALL SLAVES STATUS");
        }
        try {
            return channels("SHOW REPLICA STATUS");
        } catch (DataAccessException olderThanMySql8) {
            return channels("SHOW SLAVE STATUS");
        }
    }

    private List<ReplicaStatus> channels(String show) {
        return source.sql(show).query((row, number) -> ReplicaStatus.of(row)).list();
    }

    private static Following unknown() {
        return new Following(
                Optional.of(Duration.ZERO),
                List.of("the source is read-only, so that it may be a replica, and does not say how far it is behind"
                        + " (GRANT REPLICATION CLIENT ON *.*, on MariaDB 10.5 or newer SLAVE MONITOR, to the loader's"
                        + " user): what it applies later than a table's lookback can be missed"));
    }
}
