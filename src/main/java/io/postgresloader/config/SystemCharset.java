package io.postgresloader.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The character set of the locale, in which Java 17 reads arguments, variables and file names. The POSIX locale, which
 * cron, systemd and many containers set, has ASCII only: Java replaces each other byte before the program sees it.
 *
 * @param charset what Java uses
 * @param origin the variable that sets the locale, such as {@code LC_ALL=C}, or that none does
 */
public record SystemCharset(Charset charset, String origin) {
    /** How to fix it. */
    public static final String ALLOWED = "set LC_ALL=C.UTF-8, or another UTF-8 locale that this machine has";

    /** What Java puts in place of bytes that are no text in the character set. */
    private static final String REPLACEMENT = "\uFFFD";

    /** That of arguments and file names. */
    public static SystemCharset ofArguments() {
        String name =
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
        return new SystemCharset(
                Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset(), origin(System.getenv()));
    }

    /** That of variables, which {@code -Dfile.encoding} overrides. */
    public static SystemCharset ofVariables() {
        return new SystemCharset(Charset.defaultCharset(), origin(System.getenv()));
    }

    /**
     * The character set of what the program prints: UTF-8 where the locale has ASCII only, of which UTF-8 is an
     * extension.
     *
     * @param stream {@code stdout} or {@code stderr}; a terminal can have a character set of its own
     */
    public static Charset ofOutput(String stream) {
        String terminal = System.getProperty("sun." + stream + ".encoding", "");
        Charset charset = !terminal.isEmpty() && Charset.isSupported(terminal)
                ? Charset.forName(terminal)
                : Charset.defaultCharset();
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /** The variable that sets the locale's character set, by POSIX's order. */
    static String origin(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .map(name -> name + "=" + environment.get(name))
                .orElse("no LC_ALL, LC_CTYPE or LANG is set");
    }

    /** Whether Java has replaced bytes of this text. A Unicode text may contain the replacement itself. */
    public boolean lost(String text) {
        return text.contains(REPLACEMENT) && !charset.newEncoder().canEncode(REPLACEMENT);
    }

    /** Whether a file cannot have this name. */
    public boolean lacks(String name) {
        return !charset.newEncoder().canEncode(name);
    }

    /** What is wrong with a lost text, as a clause. @param shown the text as it is shown */
    public String found(String shown) {
        return shown.replace(REPLACEMENT, "?") + " is not text in " + charset + ", the character set of the locale ("
                + origin + ")";
    }
}
