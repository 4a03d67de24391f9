package io.postgresloader.config.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a variable such as {@code SOURCE_PASSWORD_FILE} names: its text is the value of the setting. */
final class SecretFile {
    private SecretFile() {}

    /** The text without a byte order mark and without the last line's end; empty if the file is not readable UTF-8. */
    static Optional<String> read(Path file) {
        try {
            return Optional.of(
                    Files.readString(file).replaceFirst("\\A\uFEFF", "").replaceFirst("\\r?\\n\\z", ""));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
