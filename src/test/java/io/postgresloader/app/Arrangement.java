package io.postgresloader.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What somebody made of a target table, and what the loads of {@code visit} then do. A row of
 * {@link TargetArrangementsIT}.
 */
final class Arrangement {
    /** The table as most arrangements have it. */
    static final String TABLE = "CREATE TABLE raw.visit (\"Id\" integer PRIMARY KEY, \"Amount\" integer,"
            + " \"Note\" varchar(40), \"Edited\" timestamp)";

    /** The table list of most arrangements. */
    private static final String LIST = "visit: {incremental_columns: [Edited], lookback: 1s, reconcile: off,"
            + " skip_unchanged: false, max_dead_letter_fraction: 50%}";

    final String id;
    private final String name;
    final List<String> target = new ArrayList<>();
    final List<String> targetLater = new ArrayList<>();
    final List<String> source = new ArrayList<>();
    final List<String> sourceLater = new ArrayList<>();
    final List<String> cure = new ArrayList<>();
    final List<String> deadLetters = new ArrayList<>();
    boolean loadedBefore;
    boolean asOrdinaryUser;
    boolean keyless;
    String list = LIST;
    String stops = "";
    String notes = "";

    private Arrangement(String id, String name) {
        this.id = id;
        this.name = name;
    }

    static Arrangement of(String id, String name) {
        return new Arrangement(id, name);
    }

    /** What is done to the target before the first load. */
    Arrangement target(String... statements) {
        Collections.addAll(target, statements);
        return this;
    }

    /** What is done to the target after a first load, which succeeds. */
    Arrangement targetLater(String... statements) {
        loadedBefore = true;
        Collections.addAll(targetLater, statements);
        return this;
    }

    /** What is done to the source before the first load. */
    Arrangement source(String... statements) {
        Collections.addAll(source, statements);
        return this;
    }

    /** What is done to the source after a first load, which succeeds. */
    Arrangement sourceLater(String... statements) {
        loadedBefore = true;
        Collections.addAll(sourceLater, statements);
        return this;
    }

    /** The loader's user is not a superuser, but the owner of the schema. */
    Arrangement asOrdinaryUser() {
        asOrdinaryUser = true;
        return this;
    }

    /** The table has no key in the source. */
    Arrangement keyless() {
        keyless = true;
        return source("ALTER TABLE visit DROP PRIMARY KEY")
                .list("visit: {load: full, reconcile: off, skip_unchanged: false}");
    }

    Arrangement list(String text) {
        list = text;
        return this;
    }

    /** All rows arrive but these, each {@code key|SQLSTATE}. */
    Arrangement loadsAllBut(String... rows) {
        Collections.addAll(deadLetters, rows);
        return this;
    }

    /** The last load fails with this sentence, and loads all rows once the statements have run. */
    Arrangement stops(String sentence, String... statements) {
        stops = sentence;
        Collections.addAll(cure, statements);
        return this;
    }

    /** The notes of the last load begin with this. */
    Arrangement notes(String text) {
        notes = text;
        return this;
    }

    @Override
    public String toString() {
        return id + " " + name;
    }
}
