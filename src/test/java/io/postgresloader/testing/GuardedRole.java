package io.postgresloader.testing;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;

/** A superuser of the target whose password is checked; the test servers trust all others. */
public final class GuardedRole {
    private GuardedRole() {}

    /** Creates it, with a rule in front of those that trust everybody. */
    public static void create(Database target, String role, String password) {
        String file = target.value("SHOW hba_file");
        String rules = target.value("SELECT string_agg(line, '|' ORDER BY n) FROM"
                + " unnest(string_to_array(pg_read_file('" + file + "'), chr(10))) WITH ORDINALITY l (line, n)"
                + " WHERE line ~ '^(host|local)'");
        target.execute(
                "CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD '" + password + "'",
                "COPY (SELECT unnest(string_to_array('host all " + role + " 127.0.0.1/32 scram-sha-256|" + rules
                        + "', '|'))) TO '" + file + "'",
                "SELECT pg_reload_conf()");
        await().atMost(1, TimeUnit.MINUTES)
                .until(() ->
                        target.count("SELECT count(*) FROM pg_hba_file_rules WHERE user_name = '{" + role + "}'") == 1);
    }
}
