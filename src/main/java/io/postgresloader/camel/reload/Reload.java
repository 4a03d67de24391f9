package io.postgresloader.camel.reload;

import java.io.IOException;

/** A part of the configuration that is brought into force when it is saved. */
public interface Reload {
    /**
     * What its files hold now, to be compared with what they held before.
     *
     * @throws IOException when they cannot be read, perhaps because they are just being replaced
     */
    Object read() throws IOException;

    /**
     * Reads the files, checks them, and brings what changed into force.
     *
     * @return whether that is done; otherwise it cannot be done now, which was told, and is to be tried again
     */
    boolean reload() throws IOException, InterruptedException;

    /** Tells that the files could not be read for a while, and why. */
    void unreadable(IOException why);
}
