package io.postgresloader.config.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The complete content of {@code application.properties} and the environment.
 *
 * @param settings the loader's own settings
 * @param camel the properties whose names begin with {@code camel.}, which only Camel reads, in the order of the file
 */
public record Configuration(Settings settings, Map<String, String> camel) {
    public Configuration {
        camel = Collections.unmodifiableMap(new LinkedHashMap<>(camel));
    }
}
