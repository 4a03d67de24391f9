package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server's variables that the loader reads. MySQL and MariaDB name some of them differently, and neither has all.
 *
 * @param values by name in lower case
 */
record ServerVariables(Map<String, String> values) {
    private static final String SHOW = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid',"
            + " 'hostname', 'port', 'version', 'read_only', 'slave_net_timeout', 'replica_net_timeout')";

    /** The default of both servers. */
    private static final String NET_TIMEOUT = "60";

    static ServerVariables read(Source source) {
        Map<String, String> values = new HashMap<>();
        source.jdbc().sql(SHOW).query(row -> {
            values.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2));
        });
        return new ServerVariables(values);
    }

    ServerIdentity identity() {
        return value("server_uuid")
                .map(uuid -> new ServerIdentity(uuid, true))
                .orElseGet(() ->
                        new ServerIdentity(value("server_uid").or(this::place).orElse(""), false));
    }

    /** Older MariaDB servers, such as 10.11.5, have no {@code server_uid}; those on one host differ in their ports. */
    private Optional<String> place() {
        return value("hostname").map(host -> host + ":" + values.get("port"));
    }

    boolean mariaDb() {
        return value("version").filter(v -> v.contains("MariaDB")).isPresent();
    }

    /** A server that only replication may write to is most likely a replica. */
    boolean readOnly() {
        return value("read_only")
                .filter(v -> !v.equals("OFF") && !v.equals("0"))
                .isPresent();
    }

    /** How long a replica waits before it notices that its primary is silent. */
    Duration netTimeout() {
        String seconds = Stream.of("replica_net_timeout", "slave_net_timeout")
                .flatMap(name -> value(name).stream())
                .findFirst()
                .orElse(NET_TIMEOUT);
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }
}
