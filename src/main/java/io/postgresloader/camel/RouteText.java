package io.postgresloader.camel;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Encodes texts as parameters of route templates. Camel trims parameters and interprets placeholders, quotes and
 * backslashes in them, all of which a table's name may contain. They are therefore URL-encoded, which does not change
 * ordinary names.
 */
public final class RouteText {
    private RouteText() {}

    /**
     * Keeps letters, digits, {@code _} and {@code -}; anything else becomes {@code %} and the hex digits of its UTF-8.
     */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace(".", "%2E");
    }

    /** The text that {@link #encode} was given. */
    public static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
