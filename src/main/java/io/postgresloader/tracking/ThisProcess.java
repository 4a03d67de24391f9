package io.postgresloader.tracking;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The process that runs, as other processes see it. */
public final class ThisProcess {
    /** The question for the name can take seconds. */
    private static final String HOST = host();

    private ThisProcess() {}

    /** The name of this machine. */
    public static String hostName() {
        return HOST;
    }

    /** For example {@code host db1, process 41}, of letters, digits and signs that SQL comments may contain. */
    static String text() {
        return "host " + HOST.replaceAll("[^\\w.:-]", "_") + ", process "
                + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
