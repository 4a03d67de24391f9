package io.postgresloader.camel.operate;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which names clients may call the server by. A server that listens on loopback only is asked by that address or as
 * localhost. A web page whose name leads to 127.0.0.1 (DNS rebinding) sends its own name, and must not read the answer.
 */
final class HostRule {
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|.+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final boolean loopback;
    private final String configured;

    /**
     * @param loopback whether the server listens on loopback only; otherwise any name is allowed
     * @param configured the host as the setting has it
     */
    HostRule(boolean loopback, String configured) {
        this.loopback = loopback;
        this.configured = configured.toLowerCase(Locale.ROOT);
    }

    /** @param header the header {@code Host} of the request; null: there is none, as from no browser */
    boolean allows(String header) {
        if (!loopback || header == null) {
            return true;
        }
        String host = PORT.matcher(header.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return host.equals(configured) || LOOPBACK.matcher(host).matches();
    }
}
