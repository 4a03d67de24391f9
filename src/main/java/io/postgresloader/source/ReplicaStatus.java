package io.postgresloader.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a replica follows one primary.
 *
 * @param io whether it receives, in the server's word: Yes, No, Connecting
 * @param sql whether it applies what it received: Yes, No
 * @param secondsBehind the age of the change that it is applying; empty: it does not know
 * @param delay by how many seconds it is configured to be behind
 */
record ReplicaStatus(String io, String sql, Optional<Long> secondsBehind, long delay) {

    /** Either server's row, older names or newer. */
    static ReplicaStatus of(ResultSet row) throws SQLException {
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String name = row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT);
            values.put(name.replace("slave", "replica").replace("master", "source"), row.getString(i));
        }
        return new ReplicaStatus(
                values.getOrDefault("replica_io_running", "No"),
                values.getOrDefault("replica_sql_running", "No"),
                Optional.ofNullable(values.get("seconds_behind_source")).map(Long::valueOf),
                Optional.ofNullable(values.get("sql_delay")).map(Long::valueOf).orElse(0L));
    }

    boolean follows() {
        return io.equals("Yes") && sql.equals("Yes") && secondsBehind.isPresent();
    }

    /** Seconds are cut. A replica that waits on purpose says nothing of the changes that it has not looked at yet. */
    Duration lag() {
        return Duration.ofSeconds(Math.max(secondsBehind.orElse(0L), delay) + 1);
    }

    @Override
    public String toString() {
        return "receives: " + io + ", applies: " + sql;
    }
}
