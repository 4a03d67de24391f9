package io.postgresloader.demo.benchmark;

import java.util.Locale;

/** A kind of work that can be selected. */
public enum Workload {
    FIRST_LOAD("all rows of securitylog into an empty target"),
    INCREMENT("changed rows, spread over securitylog"),
    AGAIN("the same once more, unchanged"),
    VERIFY("compare all rows of securitylog; some differences are planted");

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
