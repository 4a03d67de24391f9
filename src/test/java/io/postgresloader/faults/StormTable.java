package io.postgresloader.faults;

import java.util.Locale;

/** The tables of the storm: each is seen by increments in another way. */
enum StormTable {
    /** InnoDB, integer key, a cursor that the server keeps. */
    EDITED(
            "Id int NOT NULL AUTO_INCREMENT PRIMARY KEY, Note varchar(80) NOT NULL, Amount decimal(10,2),"
                    + " Edited timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY (Edited)",
            "InnoDB",
            "incremental_columns: [Edited]"),
    /** InnoDB, no integer key, a cursor on the wall clock of the server's zone that the writers keep. */
    BOOKED(
            "Chair int NOT NULL, Code varchar(20) NOT NULL, Note varchar(80) NOT NULL, Amount decimal(10,2),"
                    + " Edited datetime NOT NULL, PRIMARY KEY (Chair, Code), KEY (Edited)",
            "InnoDB",
            "incremental_columns: [Edited]"),
    /** InnoDB, nothing but an integer key. */
    LOGGED(
            "Id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, Note varchar(80) NOT NULL, Amount decimal(10,2),"
                    + " Edited datetime NOT NULL",
            "InnoDB",
            "load: append"),
    /** MyISAM: what a statement did is there at once, and stays when its transaction is rolled back. */
    LEGACY(
            "Id int NOT NULL AUTO_INCREMENT PRIMARY KEY, Note varchar(80) NOT NULL, Amount decimal(10,2),"
                    + " Edited datetime NOT NULL, KEY (Edited)",
            "MyISAM",
            "incremental_columns: [Edited]");

    /** Rows that are there before the storm. */
    static final int SEEDS = 600;

    static final int CHAIRS = 6;
    static final String SEED_TOKEN = "seed";

    private final String columns;
    private final String engine;
    private final String options;

    StormTable(String columns, String engine, String options) {
        this.columns = columns;
        this.engine = engine;
        this.options = options;
    }

    /** The table's name on both servers. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    String create() {
        return "CREATE TABLE " + table() + " (" + columns + ") ENGINE=" + engine;
    }

    String fill() {
        return this == BOOKED
                ? "INSERT INTO booked (Chair, Code, Note, Amount, Edited) SELECT 1 + seq % " + CHAIRS
                        + ", CONCAT('C', seq), 'seed', seq, NOW() - INTERVAL 1 DAY FROM seq_1_to_" + SEEDS
                : "INSERT INTO " + table() + " (Note, Amount, Edited) SELECT 'seed', seq, NOW() - INTERVAL 1 DAY"
                        + " FROM seq_1_to_" + SEEDS;
    }

    Key seed(int number) {
        return this == BOOKED ? Key.of(1 + number % CHAIRS, "C" + number) : Key.of(number);
    }

    /** A line of the table list. */
    String configuration(String lookback) {
        return table() + ": {" + options + ", lookback: " + lookback + ", schedule: 1s, reconcile: off}\n";
    }

    boolean transactional() {
        return this != LEGACY;
    }

    /** Each row's key as a comparison shows it, a bar, and its token. */
    String sourceTokens() {
        String key = this == BOOKED ? "CONCAT(Chair, ', ', HEX(Code))" : "Id";
        return "SELECT " + key + ", REPLACE(Note, CHAR(0), '') FROM " + table();
    }

    String targetTokens() {
        return "SELECT " + targetKey() + ", \"Note\" FROM raw." + table();
    }

    /** The key of a target row, in the same form. */
    String targetKey() {
        return this == BOOKED
                ? "\"Chair\" || ', ' || upper(encode(convert_to(\"Code\", 'UTF8'), 'hex'))"
                : "\"Id\"::text";
    }

    /** The key of a row of a tracking table, in the same form. */
    String jsonKey() {
        return this == BOOKED
                ? "key->>'Chair' || ', ' || upper(encode(convert_to(key->>'Code', 'UTF8'), 'hex'))"
                : "key->>'Id'";
    }

    /** The keys of open dead letters, in the same form. */
    String deadLetters() {
        return "SELECT " + jsonKey() + " FROM raw.etl_dead_letter WHERE state = 'open' AND key IS NOT NULL"
                + " AND table_name = '" + table() + "'";
    }
}
