package io.postgresloader.demo.benchmark;

import java.util.Locale;

/** A kind of work that can be selected. */
public enum Workload {
    FIRST_LOAD("all rows of securitylog into an empty target"),
    INCREMENT("changed rows, spread over securitylog"),
    AGAIN("the same once more, unchanged"),
    LOOKBACK("one changed row, and 100,000 unchanged ones in the lookback"),
    FULL("a full load by difference, with 1 % of the rows changed"),
    VERIFY("compare all rows of securitylog; some differences are planted"),
    STAMPS("a first load and an increment with row stamps, and without"),
    PROCEDURELOG("a first load of 818,050 rows with 67 columns"),
    SHEETFIELD("a first load of 1.66 million rows"),
    DOCUMENTMISC("a first load of 56 rows with 75 MB"),
    TABLES("a first load of 446 tables, with a tenth of a practice's rows"),
    IDLE("446 unchanged tables: once, a cycle of run, analyze"),
    COMMANDS("status, version, health, and once on an unchanged table"),
    DELAY("a first load over a link with a round trip of 12 ms"),
    BANDWIDTH("a first load over a link of 20 Mbit/s, plain and compressed"),
    WRITER("a first load while a writer writes to the same table: how long it waits at most"),
    SIZES("first loads of 1, 2, 4 and 8 eighths of securitylog, as a plot");

    private final String description;

    Workload(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
