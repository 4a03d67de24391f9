package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.model.ColumnOptions;
import io.postgresloader.model.ValuePolicies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of types in the manual say what the code does, of every type there is. */
class TypesPageTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "types.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * @param source declared types
     * @param target PostgreSQL types
     */
    record Line(List<String> source, List<String> target) {}

    static Stream<Line> types() {
        return table("types");
    }

    static Stream<Line> conversions() {
        return table("conversions");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aTypeBecomesWhatThePageSays(Line line) {
        assertThat(line.source())
                .allSatisfy(declared -> assertThat(natural(declared).targetType())
                        .isEqualTo(line.target().get(0)));
    }

    @Test
    void everyTypeThatIsMappedIsOnThePage() {
        Set<String> named = types().flatMap(line -> line.source().stream())
                .map(declared -> Columns.of(declared).dataType())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> mapped = Arrays.stream(SourceFamily.values())
                .flatMap(family -> family.dataTypes().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(mapped);
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void aTypeIsConvertedIntoTheOnesThatThePageNamesAndNoOther(Line line) {
        List<String> universe = Stream.concat(
                        conversions().flatMap(other -> other.target().stream()), Stream.of("money", "xml", "text[]"))
                .distinct()
                .toList();
        for (String declared : line.source()) {
            assertThat(universe.stream().filter(type -> converts(declared, type)))
                    .as(declared)
                    .containsExactlyInAnyOrderElementsOf(line.target());
        }
    }

    private static boolean converts(String declared, String type) {
        try {
            Conversions.to(type, Columns.of(declared), natural(declared), ValuePolicies.DEFAULT);
            return true;
        } catch (UnmappedTypeException refused) {
            return false;
        }
    }

    private static TypeMapping natural(String declared) {
        return TypeMappings.of(Columns.of(declared), ColumnOptions.DEFAULT);
    }

    private static Stream<Line> table(String name) {
        try {
            String page = Files.readString(PAGE);
            int start = page.indexOf("<!-- " + name + ":");
            String[] lines =
                    page.substring(start, page.indexOf("<!-- /" + name)).split("\n");
            return Arrays.stream(lines).skip(3).map(TypesPageTest::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        String[] cells = text.split("\\|");
        return new Line(codes(cells[1]), codes(cells[2]));
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(code -> code.group(1)
                        .replace("(p,s)", "(10,2)")
                        .replace("(p)", "(3)")
                        .replace("(n)", "(9)"))
                .toList();
    }
}
