package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.load.run.StatusRecord;
import io.postgresloader.load.run.UnchangedLoads;
import io.postgresloader.model.Counts;
import io.postgresloader.model.MappedValues;
import io.postgresloader.testing.ShippedRoutes;
import io.postgresloader.tracking.DeadLetterRow;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements of the shipped routes bind the components of the records that are their bodies. */
class RouteStatementsTest {
    private static final Pattern PARAMETER = Pattern.compile(":#(\\$\\{[^}]+})");
    private static final Pattern COLUMNS = Pattern.compile("jsonb_to_recordset\\(.*\\) AS u \\(([^)]+)\\)");
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-23T10:00:00Z");

    private static final StatusRecord STATUS = new StatusRecord(
            "t",
            7,
            "success",
            new StatusRecord.Load("8d6f", "full", "never loaded", NOW, 11L, 12),
            new Counts(1, 2, 3, 4, 5, new MappedValues(6, 7, 8)),
            9,
            new StatusRecord.NextStart("{}", "{}", "{}", LocalDateTime.parse("2026-11-23T10:00:00"), true, "why"),
            new StatusRecord.Source("token", true, "{}"),
            new StatusRecord.End(NOW, 1.5, true, "schema", "error", 13L, 14L, "notes"),
            "c1");
    private static final DeadLetterRow DEAD_LETTER =
            new DeadLetterRow("t", "{}", "row data", "too long", "22001", "note", "8d6f");

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("record-status", STATUS),
                Arguments.of("record-metrics", STATUS),
                Arguments.of("dead-letter", DEAD_LETTER));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void everyParameterIsAValueOfTheRecord(String route, Object body) throws IOException {
        List<String> parameters = parameters(Files.readString(ShippedRoutes.file(route)));
        assertThat(parameters).isNotEmpty();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(body);
            for (String parameter : parameters) {
                Object value = context.resolveLanguage("simple")
                        .createExpression(parameter)
                        .evaluate(exchange, Object.class);
                assertThat(value)
                        .as(parameter)
                        .isInstanceOfAny(
                                String.class,
                                Long.class,
                                Integer.class,
                                Double.class,
                                Boolean.class,
                                LocalDateTime.class,
                                OffsetDateTime.class);
            }
        }
    }

    @Test
    void theStatementForUnchangedTablesNamesTheComponentsOfTheirLoads() throws IOException {
        String statement = Files.readString(ShippedRoutes.file("record-unchanged"));
        Matcher columns = COLUMNS.matcher(statement);
        assertThat(columns.find()).isTrue();

        assertThat(columns.group(1).split(",\\s+"))
                .extracting(column -> column.strip().replaceFirst("\\s.*", "").replace("\"", ""))
                .containsExactlyElementsOf(Stream.of(UnchangedLoads.Load.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(parameters(statement)).containsExactly("${body.json}");
    }

    private static List<String> parameters(String file) {
        List<String> parameters = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(file);
        while (matcher.find()) {
            parameters.add(matcher.group(1));
        }
        return parameters;
    }
}
