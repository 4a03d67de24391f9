package io.postgresloader.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemCharsetTest {
    @ParameterizedTest
    @CsvSource({
        "US-ASCII, patients, false",
        "US-ASCII, pati\uFFFD\uFFFDnt, true",
        "ISO-8859-1, pati\uFFFD\uFFFDnt, true",
        "ISO-8859-1, pati\u00ebnt, false",
        "UTF-8, pati\u00ebnt, false",
        "UTF-8, pati\uFFFDnt, false"
    })
    void aTextIsLostWhereTheCharsetHasNoReplacement(String charset, String text, boolean lost) {
        assertThat(new SystemCharset(Charset.forName(charset), "").lost(text)).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource({
        "LC_ALL=C LC_CTYPE=nl_NL.UTF-8, LC_ALL=C",
        "LC_ALL= LC_CTYPE=nl_NL LANG=C, LC_CTYPE=nl_NL",
        "LANG=nl_NL.UTF-8, LANG=nl_NL.UTF-8",
        "LANGUAGE=nl, 'no LC_ALL, LC_CTYPE or LANG is set'"
    })
    void theVariableThatSetsTheLocaleIsNamed(String variables, String origin) {
        Map<String, String> environment = Arrays.stream(variables.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

        assertThat(SystemCharset.origin(environment)).isEqualTo(origin);
    }
}
