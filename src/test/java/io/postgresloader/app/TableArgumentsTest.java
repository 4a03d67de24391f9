package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.model.TableOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TableArgumentsTest {
    private static final SortedMap<String, TableOptions> TABLES =
            new TreeMap<>(Map.of("patient", TableOptions.defaults("patient"), "claim", TableOptions.defaults("claim")));
    private static final Catalog CATALOG = new Catalog(Path.of("tables.yml"), TABLES, Map.of(), List.of());

    @ParameterizedTest
    @CsvSource({"patientz, did you mean patient?", "Claim, did you mean claim?", "nosuch, use a table of tables.yml"})
    void aTableThatIsNotInTheListIsNamed(String table, String hint) {
        assertThatThrownBy(() -> of(table, "patient"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("command line: TABLE: '" + table + "' is not in the table list; " + hint);
    }

    @Test
    void noTableMeansAllTables() {
        assertThat(of()).containsExactly("claim", "patient");
        assertThat(of("patient", "patient")).containsExactly("patient");
    }

    private static List<String> of(String... arguments) {
        return CommandLine.populateCommand(new TableArguments(), arguments).in(CATALOG);
    }
}
