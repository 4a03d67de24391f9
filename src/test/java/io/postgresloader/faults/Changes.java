package io.postgresloader.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes up the statements of one writer. */
final class Changes {
    /** Half of all changes go to the first rows of a table. */
    private static final int HOT = 20;

    private final Random random;
    private final int writer;
    private final int writers;
    private final AtomicInteger number = new AtomicInteger();
    private final List<Key> ownLegacyRows = new ArrayList<>();

    Changes(Random random, int writer, int writers) {
        this.random = random;
        this.writer = writer;
        this.writers = writers;
    }

    /** A row of the MyISAM table that this writer alone changes from now on: nothing else orders the writes to it. */
    void own(Key key) {
        ownLegacyRows.add(key);
    }

    Change next() {
        StormTable table = StormTable.values()[random.nextInt(StormTable.values().length)];
        int kind = random.nextInt(20);
        if (table == StormTable.LOGGED) {
            return kind < 17 ? insert(table) : kind < 19 ? update(table, " , Amount = 0", false) : delete(table);
        }
        return switch (kind) {
            case 0, 1, 2, 3 -> insert(table);
            case 4 -> delete(table);
            case 5 -> rename(table);
            case 6 -> update(table, ", Edited = '2001-02-03 04:05:06'", false);
            case 7 -> update(table, ", Edited = Edited", false);
            case 8 -> update(table, ", Edited = NOW() + INTERVAL 30 DAY", true);
            case 9 -> update(table, ", Edited = NOW() + INTERVAL 500 DAY", false);
            case 10 -> poison(table);
            default -> update(table, ", Edited = NOW()", true);
        };
    }

    private Change insert(StormTable table) {
        String token = token();
        String edited =
                switch (random.nextInt(8)) {
                    case 0 -> "'2001-02-03 04:05:06'";
                    case 1 -> "NOW() + INTERVAL 500 DAY";
                    default -> "NOW()";
                };
        if (table != StormTable.BOOKED) {
            // Its new key shows it, whatever its date says.
            String sql = "INSERT INTO " + table.table() + " (Note, Amount, Edited) VALUES ('" + token + "', "
                    + random.nextInt(1000) + ", " + edited + ")";
            return Change.inserting(table, sql, token);
        }
        int chair = 1 + random.nextInt(StormTable.CHAIRS);
        String code = "N" + random.nextInt(40);
        String sql = "INSERT INTO booked (Chair, Code, Note, Edited) VALUES (" + chair + ", '" + code + "', '" + token
                + "', " + edited + ")";
        return Change.known(
                table, sql, new Write(table, Key.of(chair, code), Optional.of(token), edited.equals("NOW()")));
    }

    private Change update(StormTable table, String setting, boolean visible) {
        Key key = key(table);
        String token = token();
        String sql = "UPDATE " + table.table() + " SET Note = '" + token + "'" + setting + " WHERE " + key.where();
        return Change.known(table, sql, new Write(table, key, Optional.of(token), visible));
    }

    /** The target takes no NUL in a text. */
    private Change poison(StormTable table) {
        Key key = key(table);
        String token = token();
        String sql = "UPDATE " + table.table() + " SET Note = CONCAT('" + token + "', CHAR(0)), Edited = NOW() WHERE "
                + key.where();
        return Change.known(table, sql, new Write(table, key, Optional.of(token), true));
    }

    private Change delete(StormTable table) {
        Key key = key(table);
        String sql = "DELETE FROM " + table.table() + " WHERE " + key.where();
        return Change.known(table, sql, new Write(table, key, Optional.empty(), false));
    }

    private Change rename(StormTable table) {
        String token = token();
        if (table == StormTable.BOOKED) {
            Key from = key(table);
            int chair = 1 + random.nextInt(StormTable.CHAIRS);
            String code = "R" + random.nextInt(40);
            String sql = "UPDATE booked SET Chair = " + chair + ", Code = '" + code + "', Note = '" + token
                    + "', Edited = NOW() WHERE " + from.where();
            return Change.known(
                    table,
                    sql,
                    new Write(table, from, Optional.empty(), false),
                    new Write(table, Key.of(chair, code), Optional.of(token), true));
        }
        if (table == StormTable.LEGACY) {
            return update(table, ", Edited = NOW()", true);
        }
        int id = 1 + random.nextInt(StormTable.SEEDS);
        String sql = "UPDATE " + table.table() + " SET Id = -Id, Note = '" + token + "', Edited = NOW() WHERE Id = ";
        Key from = Key.of(random.nextBoolean() ? id : -id);
        return Change.known(
                table,
                sql + from.shown(),
                new Write(table, from, Optional.empty(), false),
                new Write(table, Key.of(-Long.parseLong(from.shown())), Optional.of(token), true));
    }

    private Key key(StormTable table) {
        if (table == StormTable.LEGACY) {
            int own = random.nextInt(StormTable.SEEDS / writers + ownLegacyRows.size());
            return own < StormTable.SEEDS / writers
                    ? Key.of(1 + writer + (long) own * writers)
                    : ownLegacyRows.get(own - StormTable.SEEDS / writers);
        }
        if (table == StormTable.BOOKED && random.nextInt(4) == 0) {
            return Key.of(
                    1 + random.nextInt(StormTable.CHAIRS), "NR".charAt(random.nextInt(2)) + "" + random.nextInt(40));
        }
        return table.seed(1 + random.nextInt(random.nextBoolean() ? HOT : StormTable.SEEDS));
    }

    private String token() {
        return "w" + writer + "." + number.incrementAndGet();
    }
}
