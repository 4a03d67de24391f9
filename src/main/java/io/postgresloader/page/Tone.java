package io.postgresloader.page;

import java.util.Locale;

/** What a colour of the page means; there is no other use of colour. Beside each colour stands a word. */
public enum Tone {
    /** As it should be. */
    GOOD,
    /** Work goes on. */
    WORK,
    /** The operator should look at it. */
    WARN,
    /** The operator must do something. */
    BAD,
    /** Says nothing either way. */
    QUIET;

    /** The class in the stylesheet. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }
}
