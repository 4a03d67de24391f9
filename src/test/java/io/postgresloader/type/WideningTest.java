package io.postgresloader.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a type keep every value. */
class WideningTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smallint|integer|\"c\"::integer",
                "integer|bigint|\"c\"::bigint",
                "bigint|numeric(20)|\"c\"::numeric(20)",
                "integer|numeric(12,2)|\"c\"::numeric(12,2)",
                "integer|text|\"c\"::text",
                "numeric(10,2)|numeric(12,4)|\"c\"::numeric(12,4)",
                "numeric(10,2)|numeric|\"c\"::numeric",
                "real|double precision|\"c\"::double precision",
                "date|timestamp(0)|\"c\"::timestamp(0)",
                "timestamp(0) without time zone|timestamp(6)|\"c\"::timestamp(6)",
                "interval(0)|interval(3)|\"c\"::interval(3)",
                "character varying(5)|text|\"c\"::text",
                "character varying(5)|varchar(9)|\"c\"::varchar(9)"
            })
    void aWiderTypeIsReached(String actual, String wanted, String using) {
        assertThat(Widening.of(actual, wanted, "\"c\"")).contains(new Widening(wanted, using));
    }

    /** A plain cast would add the new bits on the right. */
    @Test
    void bitsAreAddedOnTheLeft() {
        assertThat(Widening.of("bit(3)", "bit(5)", "\"c\""))
                .contains(new Widening("bit(5)", "('00' || \"c\")::bit(5)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer|integer",
                "integer|smallint",
                "bigint|numeric(18)",
                "integer|real",
                "numeric(20,0)|numeric(20)",
                "numeric(10,2)|numeric(11,4)",
                "numeric(10,4)|numeric(12,2)",
                "numeric|numeric(10,2)",
                "double precision|real",
                "timestamp(6) without time zone|timestamp(0)",
                "timestamp without time zone|timestamp(6)",
                "text|varchar(5)",
                "text|integer",
                "boolean|smallint",
                "bytea|text",
                "bit(5)|bit(3)"
            })
    void anyOtherTypeIsLeft(String actual, String wanted) {
        assertThat(Widening.of(actual, wanted, "\"c\"")).isEmpty();
    }
}
