package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A file that a command writes at its end, atomically. */
final class OutputFile {
    private final String option;
    private final Path file;

    private OutputFile(String option, Path file) {
        this.option = option;
        this.file = file;
    }

    /**
     * Checks, before any long work, that the file can be written. @param option the option that names the file, for
     * messages
     * @throws ConfigurationException if it cannot be written
     */
    static OutputFile writable(String option, Path file) {
        OutputFile output = new OutputFile(option, file);
        if (Files.isDirectory(file)) {
            throw output.problem("the path is a directory", "name a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw output.problem("the path is not a regular file", "name a file");
        }
        if (!Files.isDirectory(output.directory())) {
            throw output.problem(
                    "the directory " + output.directory() + " does not exist", "create it, or name another file");
        }
        if (!Files.isWritable(output.directory()) || Files.exists(file) && !Files.isWritable(file)) {
            throw output.problem("the file is not writable", "change its permissions, or name another file");
        }
        return output;
    }

    Path file() {
        return file;
    }

    /** Replaces the file atomically: a concurrent reader sees the old or the new content. A symbolic link is kept. */
    void write(String text) {
        Path written = directory().resolve("." + file.getFileName() + ".new");
        try {
            Files.writeString(written, text);
            Files.move(written, real(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            written.toFile().delete();
            throw problem("the file could not be written", "check the free space and the permissions");
        }
    }

    private Path directory() {
        return real().getParent();
    }

    private Path real() {
        try {
            return file.toRealPath();
        } catch (IOException notThereYet) {
            return file.toAbsolutePath();
        }
    }

    private ConfigurationException problem(String found, String allowed) {
        return new ConfigurationException(
                List.of(new ConfigurationProblem(file.toString(), 0, option, found, allowed)));
    }
}
