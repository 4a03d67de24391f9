package io.postgresloader.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server whose JVM was killed. It still uses the data directory. */
final class Orphan {
    private Orphan() {}

    /**
     * Ends the process that a pid file names, if it is really that server.
     *
     * @param pidFile its first line is a process id
     * @param argument part of the server's command line that no other process has
     */
    static void end(Path pidFile, String argument) throws IOException, InterruptedException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String firstLine = Files.readAllLines(pidFile).get(0).strip();
        Optional<ProcessHandle> orphan = ProcessHandle.of(Long.parseLong(firstLine))
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(argument))
                        .isPresent());
        if (orphan.isPresent()) {
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(30, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("process " + orphan.get().pid() + " of an earlier run does not end", e);
            }
        }
        Files.deleteIfExists(pidFile);
    }
}
