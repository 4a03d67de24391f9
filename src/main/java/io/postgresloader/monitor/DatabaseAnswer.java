package io.postgresloader.monitor;

import io.postgresloader.database.Logins;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Whether a database answers; by default it is asked every five seconds at most, whatever the number of callers. */
public final class DatabaseAnswer {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final int VALIDITY_SECONDS = 2;

    private final String name;
    private final DataSource database;
    private final LatestValue<Boolean> answers;

    /** @param name source or target */
    public DatabaseAnswer(String name, DataSource database) {
        this(name, database, FRESH);
    }

    /** @param fresh for how long an answer, or its absence, is not asked for again */
    public DatabaseAnswer(String name, DataSource database, Duration fresh) {
        this.name = name;
        this.database = database;
        answers = new LatestValue<>(this::isValid, fresh, WAIT, Duration.ZERO);
    }

    public String name() {
        return name;
    }

    /** Also false if the database takes longer than a caller waits. */
    public boolean answers() {
        return answers.value().orElse(false);
    }

    /** Whether the last login was refused. */
    public boolean refusesLogin() {
        return Logins.refused(database);
    }

    private boolean isValid() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDITY_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
