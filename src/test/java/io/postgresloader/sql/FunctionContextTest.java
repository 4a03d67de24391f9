package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionContextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PL/pgSQL function raw.odd() line 1 at SQL statement|raw.odd()",
                "PL/pgSQL function raw.chk(text,character varying) line 1 at RETURN|raw.chk(text,character varying)",
                "PL/pgSQL function raw.\"Odd Name\"(text) line 1 at RETURN|raw.\"Odd Name\"(text)",
                "PL/pgSQL-Funktion raw.odd() Zeile 1 bei SQL-Anweisung|raw.odd()",
                "fonction PL/pgSQL raw.odd(), ligne 1, à instruction SQL|raw.odd()",
                "PL/pgSQL関数raw.odd()の1行目 - SQL文|raw.odd()",
                "PL/Python function odd()|odd()",
                "SQL function \"chk\" during inlining|chk",
                "SQL-Funktion »chk« Anweisung 1|chk",
                "fonction SQL « chk », instruction 1|chk"
            })
    void theFunctionIsNamed(String context, String function) {
        assertThat(FunctionContext.advice(context + "\nCOPY t, line 1: \"1\tDoe\""))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .startsWith(", in function " + function + " of the target:")
                        .endsWith("run: ALTER FUNCTION " + function + " SET search_path = ...")
                        .doesNotContain("Doe"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "COPY t, line 1: \"1\tPL/pgSQL function doe()\"",
                "COPY t, line 1, column v: \"a\nPL/pgSQL function doe()\"",
                "COPY SQL, line 1: \"doe\"",
                "SQL statement \"INSERT INTO t VALUES ('doe')\"",
                "SQL statement \"SELECT doe(1)\"\nPL/pgSQL function raw.odd() line 1 at SQL statement"
            })
    void nothingElseIsTakenFromTheContext(String context) {
        assertThat(FunctionContext.advice(context)).isEmpty();
    }

    @Test
    void anErrorWithoutContextHasNoAdvice() {
        assertThat(FunctionContext.advice((String) null)).isEmpty();
    }
}
