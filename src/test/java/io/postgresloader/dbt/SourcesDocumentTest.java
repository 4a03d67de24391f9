package io.postgresloader.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.postgresloader.config.dbt.PropertiesText;
import io.postgresloader.tracking.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What dbt reads in {@code sources.yml}; its structure is held against a schema made from dbt's documentation. */
class SourcesDocumentTest {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    @ParameterizedTest
    @CsvSource({"1.10, sources", "1.9, sources-1.9"})
    void theFileIsAsReviewed(String version, String name) throws IOException {
        Path file = RESOURCES.resolve("golden").resolve("dbt-" + name + ".yml");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text(version));
        }
        assertThat(text(version)).isEqualTo(Files.readString(file)).isEqualTo(text(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "1.9.4", "1.10", "1.11.2", "2.0"})
    void theFileIsAsDbtDocumentsIt(String version) throws IOException {
        assertThat(problems(version, read(text(version)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1.10|quote: true|quote: 'yes'",
                "1.10|data_type: date|datatype: date",
                "1.10|period: day|period: days",
                "1.10|- unique|- unique: [a]",
                "1.9|loaded_at_field:|loaded_at_query:",
                "1.10|name: 'off'|name: off"
            })
    void theSchemaFindsWhatDbtWouldNotRead(String version, String right, String wrong) throws IOException {
        String text = text(version);
        assertThat(text).contains(right);

        assertThat(problems(version, read(text.replaceFirst(Pattern.quote(right), wrong))))
                .isNotEmpty();
    }

    @Test
    void textsAreReadAsTheyAre() {
        DbtJinja jinja = new DbtJinja("raw", sql -> List.of());
        Map<?, ?> source = (Map<?, ?>) ((List<?>) ((Map<?, ?>) read(text("1.10"))).get("sources")).get(0);
        List<?> tables = (List<?>) source.get("tables");

        for (int i = 0; i < tables.size(); i++) {
            DbtTable table = DbtTables.ALL.get(i);
            Map<?, ?> written = (Map<?, ?>) tables.get(i);
            assertThat(written.get("name")).isEqualTo(table.name());
            table.comment().ifPresent(comment -> assertThat(rendered(jinja, written.get("description")))
                    .isEqualTo(comment));
            List<?> columns = (List<?>) written.get("columns");
            for (int c = 0; c < columns.size(); c++) {
                DbtColumn column = table.columns().get(c);
                Map<?, ?> of = (Map<?, ?>) columns.get(c);
                assertThat(rendered(jinja, of.get("name"))).isEqualTo(column.name());
                assertThat(of.get("data_type")).isEqualTo(column.type());
                column.comment().ifPresent(comment -> assertThat(rendered(jinja, of.get("description")))
                        .isEqualTo(comment));
            }
        }
    }

    private static String rendered(DbtJinja jinja, Object text) {
        return jinja.render((String) text, new DbtRelation("a", "b"), false);
    }

    private static String text(String version) {
        return PropertiesText.of(
                new SourcesDocument("raw", "raw", DbtVersion.parse(version).orElseThrow()).of(DbtTables.ALL));
    }

    /** As dbt reads it, by YAML 1.1. */
    private static Object read(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static List<String> problems(String version, Object document) throws IOException {
        boolean configures = DbtVersion.parse(version).orElseThrow().configuresSources();
        Path file = RESOURCES.resolve("dbt").resolve(configures ? "sources.schema.json" : "sources-1.9.schema.json");
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(Files.readString(file));
        return schema.validate(Json.write(document), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }
}
