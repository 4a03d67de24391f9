package io.postgresloader.doctor;

import java.util.Locale;

/** What a check examines; the order of the output. */
public enum Side {
    CONFIGURATION("Configuration"),
    SOURCE("Source"),
    TARGET("Target"),
    TABLE("Tables");

    private final String heading;

    Side(String heading) {
        this.heading = heading;
    }

    /** The heading of the output. */
    public String heading() {
        return heading;
    }

    /** The word of the JSON output. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
