package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A file that a command writes at its end: as a whole or not at all. */
final class OutputFile {
    private final String option;
    private final Path file;

    private OutputFile(String option, Path file) {
        this.option = option;
        this.file = file;
    }

    /**
     * Finds out before the work begins whether the file can be written.
     *
     * @param option what named the file, for messages
     * @throws ConfigurationException when it cannot
     */
    static OutputFile writable(String option, Path file) {
        OutputFile output = new OutputFile(option, file);
        if (Files.isDirectory(file)) {
            throw output.refused("a directory", "name a file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw output.refused("something else than a file", "name a file");
        }
        if (!Files.isDirectory(output.directory())) {
            throw output.refused("no directory " + output.directory(), "make it, or name another file");
        }
        if (!Files.isWritable(output.directory()) || Files.exists(file) && !Files.isWritable(file)) {
            throw output.refused("a file that this user may not write", "change its rights, or name another file");
        }
        return output;
    }

    Path file() {
        return file;
    }

    /** Whoever reads the file meanwhile finds the old one or the new one; a link to it stays a link. */
    void write(String text) {
        Path written = directory().resolve("." + file.getFileName() + ".new");
        try {
            Files.writeString(written, text);
            Files.move(written, real(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            written.toFile().delete();
            throw refused(
                    "a file that could not be written", "see that there is room, and that this user may write it");
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

    private ConfigurationException refused(String found, String allowed) {
        return new ConfigurationException(
                List.of(new ConfigurationProblem(file.toString(), 0, option, found, allowed)));
    }
}
