package io.postgresloader.faults;

import io.postgresloader.testing.JarRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the packaged program, and starts it again whenever it has ended. */
final class LoadsAsProcess implements Runner {
    private static final long LIMIT_SECONDS = 10;

    private final Map<String, String> environment;
    private final List<String> jvm;
    private final String command;
    private final Path log;
    private final Thread thread = new Thread(this::run, "process");
    private volatile boolean over;
    private volatile Process process;
    private volatile long started;

    /** @param command {@code once} or {@code run} */
    LoadsAsProcess(Map<String, String> environment, List<String> jvm, String command) {
        this.environment = environment;
        this.jvm = jvm;
        this.command = command;
        try {
            log = Files.createTempFile(Files.createDirectories(Path.of("target", "runs")), "fault", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.start();
    }

    /** Kills it at once. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    /** Asks it to stop, and sees that it does in time; it is started again. */
    void terminate() {
        Process running = process;
        running.destroy();
        await(running);
    }

    /** How long the process of this moment has been running. */
    long ageMillis() {
        return process == null ? 0 : (System.nanoTime() - started) / 1_000_000;
    }

    @Override
    public void close() {
        over = true;
        if (process != null) {
            terminate();
        }
        Pause.untilEnded(thread);
    }

    private static void await(Process stopping) {
        try {
            if (!stopping.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                stopping.destroyForcibly().waitFor();
                throw new AssertionError("the loader did not stop within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!over) {
            started = System.nanoTime();
            process = JarRun.start(environment, jvm, log, command);
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
