package io.postgresloader.doctor;

import java.util.Locale;

/** How much a finding matters. */
public enum Level {
    /** As it should be, or overridden by the loader. */
    OK,
    /** Loads run; some rows may become dead letters, arrive late, or need attention some day. */
    WARNING,
    /** Loads fail, of all tables or of the named one. */
    FAULT;

    /** The word of the output. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
