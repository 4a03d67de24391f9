package io.postgresloader.config.tables;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Parts of a JSON Schema of draft 07, which YAML editors support best. Keywords keep their order. */
final class JsonSchema {
    private JsonSchema() {}

    /** An object of alternating keywords and values. */
    static Map<String, Object> object(Object... keywordsAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keywordsAndValues.length; i += 2) {
            object.put((String) keywordsAndValues[i], keywordsAndValues[i + 1]);
        }
        return object;
    }

    /**
     * A text that matches the pattern completely.
     *
     * @param allowed the message that editors show for any other text; only editors know this keyword
     */
    static Map<String, Object> text(String pattern, String allowed, String... examples) {
        return object(
                "type",
                "string",
                "pattern",
                "^(" + pattern + ")$",
                "patternErrorMessage",
                allowed,
                "examples",
                List.of(examples));
    }

    static Map<String, Object> anyOf(Object... schemas) {
        return object("anyOf", List.of(schemas));
    }

    /** A map whose keys are names that the user chooses. */
    static Map<String, Object> map(Map<String, Object> values) {
        return object("type", "object", "propertyNames", object("pattern", "\\S"), "additionalProperties", values);
    }

    /** A map that allows only these keys. */
    static Map<String, Object> closed(Map<String, Object> properties) {
        return object("type", "object", "properties", properties, "additionalProperties", false);
    }

    static Map<String, Object> reference(String definition) {
        return object("$ref", "#/definitions/" + definition);
    }

    /** The schema of each of these keys. */
    static Map<String, Object> properties(Collection<String> keys, Function<String, Map<String, Object>> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        keys.forEach(key -> properties.put(key, schema.apply(key)));
        return properties;
    }
}
