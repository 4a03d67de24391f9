package io.postgresloader.config;

/**
 * One thing that is wrong in the configuration.
 *
 * @param file the file, or {@code environment}
 * @param line the line in it, from 1; 0 when the problem has no line
 * @param key what it is about, e.g. {@code adjustment.incremental_strategy} or {@code SOURCE_URL}
 * @param found what was found there; never a password
 * @param allowed what is allowed, or how to mend it
 */
public record ConfigurationProblem(String file, int line, String key, String found, String allowed) {
    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + ": " + key + ": found " + found + "; " + allowed;
    }
}
