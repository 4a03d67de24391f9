package io.postgresloader.doctor;

import java.nio.file.Path;

/**
 * A file that holds a password.
 *
 * @param setting the setting or variable that names it, for messages
 * @param path the file
 */
public record PasswordFile(String setting, Path path) {}
