package io.postgresloader.camel.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.postgresloader.tracking.Outbox.Delivery;
import io.postgresloader.tracking.Outbox.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageShapeTest {
    private static final Path FILES = Path.of("src", "test", "resources", "notify");
    private static final Instant AT = Instant.parse("2026-03-01T06:00:00Z");
    private static final String HOSTILE = "<!channel> [x](http://evil) *b* & \"q\"\nX-Header: 1";

    @ParameterizedTest
    @EnumSource(MessageShape.class)
    void aMessageIsAsTheReceiverTakesIt(MessageShape shape) throws IOException {
        String schema = Files.readString(FILES.resolve(shape.name().toLowerCase(Locale.ROOT) + ".schema.json"));
        for (Delivery delivery : new Delivery[] {delivery("visit"), delivery(HOSTILE), delivery("x".repeat(10_000))}) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema)
                            .validate(shape.json(delivery), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(MessageShape.class)
    void aMessageShowsItsIdAndItsText(MessageShape shape) {
        assertThat(shape.json(delivery("visit")))
                .contains("m-1", "visit: a load failed; 3 times since 2026-03-01T05:00:00Z");
    }

    @Test
    void namesAreNotTakenForMarkup() {
        assertThat(MessageShape.SLACK.json(delivery(HOSTILE)))
                .contains("\"text\":\"&lt;!channel&gt; [x](http://evil) *b* &amp; ")
                .doesNotContain("mrkdwn");
        assertThat(MessageShape.TEAMS.json(delivery(HOSTILE)))
                .contains("RichTextBlock")
                .doesNotContain("\"TextBlock\"");
    }

    @Test
    void aMessageHasNoControlCharacters() {
        assertThat(delivery("a\r\nb\tc\u0007").text()).startsWith("a b c : a load failed");
    }

    static Delivery delivery(String table) {
        return new Delivery(
                1,
                "m-1",
                "webhook",
                1,
                new Message(
                        "failed",
                        table,
                        List.of(),
                        AT,
                        AT.minusSeconds(3600),
                        3,
                        table + ": failed",
                        table + ": a load failed",
                        Map.of("failedLoads", 1L),
                        null));
    }
}
