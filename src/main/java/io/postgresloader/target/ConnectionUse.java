package io.postgresloader.target;

import io.postgresloader.database.Warehouse;

/**
 * How many connections to the target are in use, by the loader and all other programs. The server, the database and the
 * loader's role may each have a limit; these are the numbers of the one that leaves the fewest connections.
 *
 * @param used connections in use
 * @param limit how many are possible for users who are not superusers
 */
public record ConnectionUse(long used, long limit) {
    // Of other users' sessions, an ordinary role sees no more than user and database; background processes have no
    // user.
    private static final String QUERY =
            """
            SELECT used, most FROM (
              SELECT count(a.usesysid) AS used, current_setting('max_connections')::int
                - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true)::int, 0) AS most
              FROM pg_stat_activity a
              UNION ALL
              SELECT count(a.usesysid), d.datconnlimit
              FROM pg_database d JOIN pg_stat_activity a ON a.datid = d.oid
              WHERE d.datname = current_database() AND d.datconnlimit >= 0 GROUP BY d.datconnlimit
              UNION ALL
              SELECT count(a.usesysid), r.rolconnlimit
              FROM pg_roles r JOIN pg_stat_activity a ON a.usesysid = r.oid
              WHERE r.rolname = current_user AND r.rolconnlimit >= 0 GROUP BY r.rolconnlimit) AS scopes
            ORDER BY most - used LIMIT 1
            """;

    /** Asks the target. */
    public static ConnectionUse of(Warehouse warehouse) {
        return warehouse
                .jdbc()
                .sql(QUERY)
                .query((row, number) -> new ConnectionUse(row.getLong("used"), row.getLong("most")))
                .single();
    }
}
