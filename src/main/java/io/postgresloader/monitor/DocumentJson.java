package io.postgresloader.monitor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes the documents as JSON: their components in snake case, times in ISO 8601, null where there is no value. */
public final class DocumentJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addMixIn(TableRow.class, WithRunsOnce.class)
            .build();

    /** Without what grows by itself. */
    private static final ObjectMapper LASTING = MAPPER.copy()
            .addMixIn(StatusDocument.class, WithoutClock.class)
            .addMixIn(TableDocument.class, WithoutClock.class)
            .addMixIn(TableRow.class, WithoutAges.class)
            .addMixIn(StatusDocument.LoaderRow.class, WithoutBeat.class);

    @JsonIgnoreProperties({"generated_at", "age_seconds"})
    private interface WithoutClock {}

    /** The runs are most of a document: their hash stands for them. */
    @JsonIgnoreProperties({"age_seconds", "newest_change_seconds", "waiting_at_most_seconds"})
    private interface WithoutAges {
        @JsonSerialize(using = HashOnly.class)
        List<TableRow.RunFigure> recentRuns();
    }

    private interface WithRunsOnce {
        @JsonSerialize(using = RunsOnce.class)
        List<TableRow.RunFigure> recentRuns();
    }

    private static final class RunsOnce extends JsonSerializer<List<TableRow.RunFigure>> {
        @Override
        public void serialize(List<TableRow.RunFigure> runs, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            if (json.getPrettyPrinter() == null) {
                json.writeRawValue(RecentRuns.of(runs).json(DocumentJson::text));
            } else {
                json.writeObject(new ArrayList<>(runs));
            }
        }
    }

    private static final class HashOnly extends JsonSerializer<List<?>> {
        @Override
        public void serialize(List<?> runs, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(runs.hashCode());
        }
    }

    @JsonIgnoreProperties("last_beat")
    private interface WithoutBeat {}

    private DocumentJson() {}

    /** Without spaces, in UTF-8. */
    public static byte[] bytes(Object document) {
        return bytes(MAPPER, document);
    }

    /** For readers: one value a line. */
    public static String pretty(Object document) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw unwritable(document);
        }
    }

    /** An ETag that stays the same while only time passes: it is weak, and ages do not count. */
    public static String etag(Object document) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(LASTING, document));
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(List<TableRow.RunFigure> runs) {
        return new String(bytes(runs), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ObjectMapper mapper, Object document) {
        try {
            return mapper.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw unwritable(document);
        }
    }

    private static IllegalStateException unwritable(Object document) {
        return new IllegalStateException("cannot write " + document.getClass().getSimpleName() + " as JSON");
    }
}
