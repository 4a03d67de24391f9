package io.postgresloader.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A page that only says something: that there is no such table, or that the target has not answered yet.
 *
 * @param title of the page
 * @param text one or two sentences
 */
public record MessagePage(Frame frame, String title, String text) {
    /**
     * @param root the way to the start page
     * @param refresh whether the message may be out of date soon
     */
    public static MessagePage of(String title, String text, String root, boolean refresh, Instant now, ZoneId zone) {
        Frame frame = Frame.of(title, Frame.Section.TABLES, root, now, Optional.empty(), "", new Words(now, zone))
                .withoutFigures();
        return new MessagePage(refresh ? frame : frame.still(), title, text);
    }
}
