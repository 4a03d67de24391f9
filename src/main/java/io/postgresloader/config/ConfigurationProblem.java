package io.postgresloader.config;

/**
 * One problem in the configuration.
 *
 * @param file the file, or {@code environment}
 * @param line the line in it, from 1; 0 when the problem has no line
 * @param key the key or setting, e.g. {@code adjustment.incremental_strategy} or {@code SOURCE_URL}
 * @param found what was found there, as a clause, e.g. {@code 'many' is not a number}; never a password
 * @param allowed what is allowed, or how to fix the problem, e.g. {@code expected 1 to 64}
 */
public record ConfigurationProblem(String file, int line, String key, String found, String allowed) {
    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + ": " + key + ": " + found + "; " + allowed;
    }
}
