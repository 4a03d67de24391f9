package io.postgresloader.config.settings;

import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Problems;

/**
 * The value of one setting and its origin.
 *
 * @param setting the setting
 * @param text the value, not yet checked
 * @param file the properties file, {@code environment} or {@code default}
 * @param line the line in the file, from 1; 0 elsewhere
 * @param name the property or variable that sets the value
 */
record SettingValue(Setting setting, String text, String file, int line, String name) {
    void problem(String found, String allowed, Problems problems) {
        problems.add(new ConfigurationProblem(file, line, name, found, allowed));
    }

    /** Omits the text: it may be a password. */
    @Override
    public String toString() {
        return name;
    }
}
