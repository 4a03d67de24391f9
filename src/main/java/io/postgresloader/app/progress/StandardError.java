package io.postgresloader.app.progress;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where standard error goes, as Linux says: Java only knows whether input and output are both on a terminal. */
public final class StandardError {
    private static final Path LINK = Path.of("/proc/self/fd/2");
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final int PROCESS_GROUP = 2;
    private static final int FOREGROUND_GROUP = 5;

    private StandardError() {}

    /** Whether lines can be drawn again there: it is a terminal that has a cursor to move. */
    public static boolean canDraw(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        return !type.isEmpty() && !type.equals("dumb") && terminal();
    }

    private static boolean terminal() {
        try {
            String target = Files.readSymbolicLink(LINK).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** A process in the background would draw over what its user types. */
    static boolean inForeground() {
        try {
            String stat = Files.readString(STAT);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[FOREGROUND_GROUP].equals("-1") || fields[FOREGROUND_GROUP].equals(fields[PROCESS_GROUP]);
        } catch (IOException notLinux) {
            return true;
        }
    }

    /** The character set of the terminal, as the locale says. */
    static Charset charset() {
        String name = System.getProperty("sun.stderr.encoding", "");
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
