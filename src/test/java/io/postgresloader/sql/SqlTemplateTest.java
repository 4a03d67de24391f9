package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTemplateTest {
    @Test
    void replacesEveryOccurrenceOfAName() {
        assertThat(SqlTemplate.of("{a} = {b} OR {a} IS NULL")
                        .with("a", "\"x\"")
                        .with("b", "?")
                        .sql())
                .isEqualTo("\"x\" = ? OR \"x\" IS NULL");
    }

    @Test
    void leavesNamesWithinValuesAlone() {
        assertThat(new SqlTable("raw", "{key} $1", List.of("{columns}"), List.of("{columns}"), false)
                        .statement("SELECT {columns} FROM {table}")
                        .sql())
                .isEqualTo("SELECT \"{columns}\" FROM \"raw\".\"{key} $1\"");
    }

    @Test
    void failsOnANameThatTheStatementDoesNotHave() {
        SqlTemplate template = SqlTemplate.of("SELECT {key} FROM {table}");

        assertThatThrownBy(() -> template.with("tabel", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the statement has no {tabel}; it has {key}, {table}: SELECT {key} FROM {table}");
    }

    @Test
    void failsOnANameWithoutAValue() {
        SqlTemplate template = SqlTemplate.of("SELECT {key} FROM {table}").with("key", "x");

        assertThatThrownBy(template::sql)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no SQL was given for {table} of the statement: SELECT {key} FROM {table}");
    }
}
