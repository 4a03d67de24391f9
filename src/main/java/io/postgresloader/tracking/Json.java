package io.postgresloader.tracking;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.RowKey;
import io.postgresloader.model.SchemaVersion;
import io.postgresloader.model.Selection;
import io.postgresloader.model.Watermarks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Records to the jsonb columns of the tracking tables and back. Times are ISO 8601 text. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .addMixIn(Selection.class, SelectionKinds.class)
            .addMixIn(Watermarks.class, KnownFields.class)
            .addMixIn(KeyMark.class, KnownFields.class)
            .addMixIn(Outbox.Message.class, KnownFields.class)
            .addMixIn(TableSights.Memory.class, KnownFields.class)
            .addMixIn(Bookmark.class, OneObject.class)
            .addMixIn(SchemaVersion.LoadedColumn.class, WithoutEmpty.class)
            .addMixIn(RowKey.class, KeyValues.class)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    /** Names the kind of a selection in its JSON; the domain itself knows nothing of JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Selection.All.class, name = "all"),
        @JsonSubTypes.Type(value = Selection.Changed.class, name = "changed"),
        @JsonSubTypes.Type(value = Selection.Keys.class, name = "keys")
    })
    private interface SelectionKinds {}

    /** Fields that another version of the loader adds are ignored. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private interface KnownFields {}

    @JsonSerialize(converter = StoredBookmark.Writer.class)
    @JsonDeserialize(converter = StoredBookmark.Reader.class)
    private interface OneObject {}

    /**
     * What is empty is left out, as versions before 0.2.0 wrote it. Those versions fail on a column with a wall clock,
     * which they would rewrite in UTC.
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private interface WithoutEmpty {}
    /** A key is written as column to value. */
    private interface KeyValues {
        @JsonValue
        Map<String, String> values();
    }

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName() + " as JSON");
        }
    }

    /** For output: one value a line. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName() + " as JSON");
        }
    }

    /** An object whose values are all text, in its order. */
    static Map<String, String> readTexts(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tracking table holds JSON that is not an object of texts");
        }
    }

    /** Empty when the text is not such a value, is null, or has a field that this version does not know. */
    static <T> Optional<T> tryRead(String json, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalStateException when the text is not such a value; it does not quote the text */
    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tracking table holds JSON that is not a " + type.getSimpleName());
        }
    }
}
