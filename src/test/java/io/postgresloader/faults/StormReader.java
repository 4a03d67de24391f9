package io.postgresloader.faults;

import io.postgresloader.testing.Database;
import io.postgresloader.testing.StampedReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** Copies the tables of the storm by their row stamps and the deletes feed, at any moments, whatever is struck. */
final class StormReader {
    private final Map<StormTable, StampedReader> readers = new EnumMap<>(StormTable.class);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Random random;
    private final Thread thread;
    private int reads;

    StormReader(Database target, long seed) {
        random = new Random(seed);
        for (StormTable table : StormTable.values()) {
            readers.put(table, new StampedReader(target, table.table(), table.targetKey(), table.jsonKey()));
        }
        thread = new Thread(this::readUntilOver, "reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void readUntilOver() {
        while (!over.get()) {
            readers.values().forEach(this::tryToRead);
            Pause.millis(10 + random.nextInt(150));
        }
    }

    /** A table may not be there yet, and a server may not answer. */
    private void tryToRead(StampedReader reader) {
        try {
            reader.read(random.nextBoolean());
            reads++;
        } catch (SQLException e) {
            Pause.millis(10);
        }
    }

    /** Ends the reading with one more read of each table. */
    void end() throws InterruptedException, SQLException {
        over.set(true);
        thread.join();
        for (StampedReader reader : readers.values()) {
            reader.read(false);
        }
    }

    int reads() {
        return reads;
    }

    /** How the copies differ from the tables. */
    List<String> differences() throws SQLException {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<StormTable, StampedReader> reader : readers.entrySet()) {
            reader.getValue().differences().forEach(difference -> differences.add(reader.getKey() + ": " + difference));
        }
        return differences;
    }
}
