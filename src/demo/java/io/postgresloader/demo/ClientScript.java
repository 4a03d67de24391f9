package io.postgresloader.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A shell script for a client's long command. The script passes its arguments to its last command. */
final class ClientScript {
    private ClientScript() {}

    /** Writes the script; replaces an existing one. */
    static Path write(Path file, String... commands) throws IOException {
        List<String> lines = new ArrayList<>(List.of("#!/bin/sh"));
        lines.addAll(List.of(commands));
        Files.writeString(file, String.join("\n", lines) + " \"$@\"\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
