package io.postgresloader.config.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of a JDBC URL that are checked before a driver sees the URL. It has no text form, since a URL may contain a
 * password in many places.
 */
final class JdbcUrl {
    /** The drivers' own parameters, and those of key stores: {@code password1}, {@code sslpassword}, … */
    private static final Pattern LOGIN = Pattern.compile("user|username|.*password\\d?", Pattern.CASE_INSENSITIVE);

    private final String server;
    private final List<String> parameters;

    /** @param text the whole URL */
    JdbcUrl(String text) {
        int question = text.indexOf('?');
        server = question < 0 ? text : text.substring(0, question);
        parameters = question < 0
                ? List.of()
                : Arrays.stream(text.substring(question + 1).split("&"))
                        .map(p -> decode(p.split("=", 2)[0]))
                        .toList();
    }

    /** Whether the URL contains a user or a password in any form that a driver accepts. */
    boolean holdsLogin() {
        return server.contains("@")
                || server.contains("(")
                || parameters.stream().anyMatch(p -> LOGIN.matcher(p).matches());
    }

    /** Whether the URL names a database, for PostgreSQL also without a host: {@code jdbc:postgresql:analytics}. */
    boolean namesDatabase() {
        return !database().isBlank();
    }

    /** The name of the database; empty: there is none. */
    String database() {
        int host = server.indexOf("//");
        String path = host < 0 ? server.substring(server.lastIndexOf(':') + 1) : afterSlash(server.substring(host + 2));
        return path.replace("/", "");
    }

    /** The given names that are parameters of the URL, in the given spelling. */
    Stream<String> parametersAmong(List<String> names) {
        return names.stream().filter(name -> parameters.stream().anyMatch(name::equalsIgnoreCase));
    }

    private static String afterSlash(String hostAndPath) {
        int slash = hostAndPath.indexOf('/');
        return slash < 0 ? "" : hostAndPath.substring(slash + 1);
    }

    private static String decode(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException notEncoded) {
            return name.strip();
        }
    }
}
