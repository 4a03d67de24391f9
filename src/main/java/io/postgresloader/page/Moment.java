package io.postgresloader.page;

/**
 * A time as the page shows it.
 *
 * @param iso in UTC, for programs; empty: there is no time
 * @param text as short as the day allows, in the page's time zone
 * @param full with date and seconds
 */
public record Moment(String iso, String text, String full) {
    static Moment none(String text) {
        return new Moment("", text, "");
    }
}
