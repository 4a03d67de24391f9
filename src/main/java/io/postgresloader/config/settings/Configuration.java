package io.postgresloader.config.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that {@code application.properties} and the environment say.
 *
 * @param settings the loader's own settings
 * @param camel the properties whose names begin with {@code camel.}, for Camel alone, in the order of the file
 */
public record Configuration(Settings settings, Map<String, String> camel) {
    public Configuration {
        camel = Collections.unmodifiableMap(new LinkedHashMap<>(camel));
    }
}
