package io.postgresloader.faults;

import io.postgresloader.faults.Ledger.Entry;
import io.postgresloader.faults.Ledger.Outcome;
import io.postgresloader.testing.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** One program of the practice: transactions of a few statements, some of them slow, some rolled back. */
final class Writer implements Runnable {
    private static final int SLOW_MILLIS = 3_000;
    private static final int QUICK_MILLIS = 25;

    private final Database source;
    private final String session;
    private final Ledger ledger;
    private final Changes changes;
    private final Random random;
    private final AtomicBoolean over;

    /** @param session a statement that each transaction begins with */
    Writer(Database source, String session, Ledger ledger, Changes changes, Random random, AtomicBoolean over) {
        this.source = source;
        this.session = session;
        this.ledger = ledger;
        this.changes = changes;
        this.random = random;
        this.over = over;
    }

    @Override
    public void run() {
        while (!over.get()) {
            try (Connection connection = source.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SET innodb_lock_wait_timeout = 1");
                while (!over.get()) {
                    transaction(connection, statement);
                }
            } catch (SQLException lost) {
                pause(100);
            }
        }
    }

    private void transaction(Connection connection, Statement statement) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        boolean slow = random.nextInt(8) == 0;
        boolean given = random.nextInt(5) == 0;
        try {
            statement.execute(session);
            int statements = 1 + random.nextInt(3);
            for (int i = 0; i < statements; i++) {
                apply(changes.next(), statement, entries);
                pause(
                        slow
                                ? SLOW_MILLIS / 3 / statements + random.nextInt(SLOW_MILLIS / 3)
                                : random.nextInt(QUICK_MILLIS));
            }
        } catch (SQLException e) {
            // A deadlock, a lock, a key that exists, a lost connection: no commit was sent.
            ledger.close(entries, Outcome.ROLLED_BACK);
            connection.rollback();
            return;
        }
        if (given) {
            ledger.close(entries, Outcome.ROLLED_BACK);
            connection.rollback();
            return;
        }
        Outcome outcome = Outcome.UNKNOWN;
        try {
            connection.commit();
            outcome = Outcome.COMMITTED;
        } finally {
            ledger.close(entries, outcome);
        }
    }

    private void apply(Change change, Statement statement, List<Entry> entries) throws SQLException {
        List<Write> writes;
        try {
            writes = execute(change, statement);
        } catch (SQLException e) {
            failed(change, entries);
            throw e;
        }
        List<Entry> done = writes.stream()
                .map(write -> new Entry(ledger.place(), write, Outcome.UNKNOWN))
                .toList();
        if (change.table().transactional()) {
            entries.addAll(done);
        } else {
            ledger.close(done, Outcome.COMMITTED);
        }
    }

    private List<Write> execute(Change change, Statement statement) throws SQLException {
        int found = statement.executeUpdate(change.sql(), Statement.RETURN_GENERATED_KEYS);
        if (found == 0) {
            return List.of();
        }
        if (!change.generatesKey()) {
            return change.writes();
        }
        try (ResultSet generated = statement.getGeneratedKeys()) {
            generated.next();
            Key key = Key.of(generated.getLong(1));
            if (!change.table().transactional()) {
                changes.own(key);
            }
            return List.of(new Write(change.table(), key, Optional.of(change.generated()), true));
        }
    }

    /** Without transactions nobody knows what became of a statement that failed. */
    private void failed(Change change, List<Entry> entries) {
        List<Entry> undone = change.writes().stream()
                .map(write -> new Entry(ledger.place(), write, Outcome.UNKNOWN))
                .toList();
        if (change.table().transactional()) {
            entries.addAll(undone);
        } else if (change.generatesKey()) {
            ledger.lost(change.generated());
        } else {
            ledger.close(undone, Outcome.UNKNOWN);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
