package io.postgresloader.camel.reload;

import java.io.IOException;

/** A part of the configuration that the running loader reads again when its files are saved. */
public interface Reload {
    /**
     * The content of the files, as a value that is compared with an earlier one.
     *
     * @throws IOException when a file cannot be read, for instance because it is being replaced
     */
    Object read() throws IOException;

    /**
     * Reads and checks the files, and applies what changed.
     *
     * @return false: the change could not be applied or checked now; it was reported and has to be tried again
     */
    boolean reload() throws IOException, InterruptedException;

    /** Reports that the files could not be read for some time. */
    void unreadable(IOException why);
}
