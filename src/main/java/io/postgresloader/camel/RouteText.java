package io.postgresloader.camel;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Texts as parameters of route templates. Camel trims them and reads placeholders, quotes and backslashes in them, all
 * of which may be part of a table's name; so they are written as in a URL, which leaves ordinary names as they are.
 */
public final class RouteText {
    private RouteText() {}

    /** letters, digits, {@code _} and {@code -} stay, anything else becomes {@code %} and the hex digits of its UTF-8. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace(".", "%2E");
    }

    /** What {@link #encode} was given. */
    public static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
