package io.postgresloader.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The shipped route files are valid by Camel's own schema, which editors use for {@code *.camel.yaml}. */
class RouteSchemaTest {
    /** Camel takes a placeholder for a number; its schema asks for digits. */
    private static final Pattern NUMBER = Pattern.compile("(maximumRedeliveries): \"\\{\\{[\\w.]+}}\"");

    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(file).as("the schema in the jar of camel-yaml-dsl").isNotNull();
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<Path> files() {
        List<Path> files = new ArrayList<>(ShippedRoutes.all());
        files.add(Path.of("docker", "airflow", "asset-event.camel.yaml"));
        return files;
    }

    @ParameterizedTest
    @MethodSource("files")
    void aShippedRouteFileIsValid(Path file) throws IOException {
        assertThat(problems(Files.readString(file))).isEmpty();
    }

    /** A schema that takes everything would keep the other test green. */
    @Test
    void anUnknownAttributeOfAStepIsAProblem() throws IOException {
        String text = Files.readString(ShippedRoutes.file("load-attempt"));

        assertThat(problems(text.replace("doWhile:", "doWhil:"))).isNotEmpty();
    }

    private static List<String> problems(String yaml) throws IOException {
        Object content = new Yaml().load(NUMBER.matcher(yaml).replaceAll("$1: 1"));
        return schema.validate(new ObjectMapper().writeValueAsString(content), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
