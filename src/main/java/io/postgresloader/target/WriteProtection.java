package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.sql.Identifiers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Finds out why sessions of the loader cannot write to the target. */
public final class WriteProtection {
    private static final String SETTING = "default_transaction_read_only";

    private WriteProtection() {}

    /** Why the target takes no writes, and what to do; empty: it takes them. */
    public static Optional<String> of(Warehouse warehouse) {
        return warehouse
                .jdbc()
                .sql(
                        "SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only')::bool AS read_only,"
                                + " source, current_user AS role, current_database() AS database FROM pg_settings"
                                + " WHERE name = '" + SETTING + "'")
                .query((row, number) -> obstacle(row))
                .single();
    }

    private static Optional<String> obstacle(ResultSet row) throws SQLException {
        if (row.getBoolean("standby")) {
            return Optional.of("it is a standby, which takes no writes; name the primary server in TARGET_URL");
        }
        return row.getBoolean("read_only")
                ? Optional.of(SETTING + " is on, so that it takes no writes; " + reset(row))
                : Optional.empty();
    }

    private static String reset(ResultSet row) throws SQLException {
        String role = Identifiers.postgres(row.getString("role"));
        String database = Identifiers.postgres(row.getString("database"));
        return switch (row.getString("source")) {
            case "user" -> "run: ALTER ROLE " + role + " RESET " + SETTING;
            case "database" -> "run: ALTER DATABASE " + database + " RESET " + SETTING;
            case "database user" -> "run: ALTER ROLE " + role + " IN DATABASE " + database + " RESET " + SETTING;
            case "client" -> "remove it from TARGET_URL";
            default -> "set it to off in the server's configuration";
        };
    }
}
