package io.postgresloader.app;

import static io.postgresloader.app.CanaryTable.deadLetter;
import static io.postgresloader.app.CanaryTable.quoted;
import static io.postgresloader.app.CanaryTable.text;
import static io.postgresloader.app.CanaryTable.trigger;

import io.postgresloader.app.CanaryTable.Outcome;
import io.postgresloader.testing.Canary;
import io.postgresloader.testing.SourceProduct;
import java.util.List;
import java.util.stream.Stream;

/** Every way in which a value of any type can become a dead letter. */
final class CanaryTables {
    private static final String NUMBER = String.valueOf(Canary.NUMBER);
    private static final String NONE = "CHECK (\"V\" IS NULL)";

    /** Does not shrink when it is compressed. */
    private static final String LONG_TEXT = "CONCAT(" + quoted(Canary.TEXT)
            + ", (SELECT GROUP_CONCAT(SHA2(seq, 512) ORDER BY seq SEPARATOR '') FROM seq_1_to_60))";

    private CanaryTables() {}

    static List<CanaryTable> all() {
        return Stream.of(texts(), numbers(), times(), others(), onlyMariaDb(), constraints(), triggers(), oddities())
                .flatMap(List::stream)
                .toList();
    }

    private static List<CanaryTable> texts() {
        return List.of(
                deadLetter("nul_in_varchar", "varchar(60)", nul(), ""),
                deadLetter("nul_in_char", "char(60)", nul(), ""),
                deadLetter("nul_in_text", "longtext", nul(), ""),
                deadLetter(
                        "no_character",
                        "varchar(60) CHARACTER SET big5",
                        "CONCAT(X'F9FE', " + quoted(Canary.TEXT) + ")",
                        ""),
                text("into_varchar", "varchar(5)"),
                text("into_char", "char(5)"),
                deadLetter("blanks_into_varchar", "varchar(60)", quoted(Canary.TEXT + "     "), "varchar(18)"),
                text("into_smallint", "smallint"),
                text("into_integer", "integer"),
                text("into_bigint", "bigint"),
                text("into_numeric", "numeric(20,2)"),
                text("into_real", "real"),
                text("into_double", "double precision"),
                text("into_date", "date"),
                text("into_timestamp", "timestamp"),
                text("into_time", "time"),
                text("into_interval", "interval"),
                text("into_uuid", "uuid"),
                text("into_boolean", "boolean"),
                text("into_inet", "inet"),
                text("into_json", "json"),
                deadLetter("into_jsonb", "text", quoted("{\"" + Canary.TEXT + "\": }"), "jsonb"),
                text("column_type_integer", "").with("column_types: {V: integer}"),
                text("column_type_uuid", "").with("column_types: {V: uuid}"),
                text("column_type_jsonb", "").with("column_types: {V: jsonb}"),
                text("column_type_date", "").with("column_types: {V: date}"));
    }

    private static List<CanaryTable> numbers() {
        return List.of(
                deadLetter("int_into_smallint", "int", NUMBER, "smallint"),
                deadLetter("bigint_into_integer", "bigint", NUMBER + "0", "integer"),
                deadLetter("int_into_boolean", "int", NUMBER, "boolean"),
                deadLetter("int_into_varchar", "int", NUMBER, "varchar(5)"),
                deadLetter("decimal_into_smallint", "decimal(20,3)", NUMBER, "smallint"),
                deadLetter("decimal_into_numeric", "decimal(20,3)", NUMBER, "numeric(9,3)"),
                deadLetter("decimal_loses_decimals", "decimal(20,10)", "0." + NUMBER, "numeric(20,2)"),
                deadLetter("decimal_into_integer", "decimal(20,10)", "1." + NUMBER, "integer"),
                deadLetter("decimal_into_real", "decimal(20,10)", NUMBER + ".5", "real"),
                deadLetter("double_into_smallint", "double", NUMBER, "smallint"),
                deadLetter("double_into_integer", "double", NUMBER + ".5", "integer"),
                deadLetter("float_into_smallint", "float", NUMBER, "smallint"));
    }

    private static List<CanaryTable> times() {
        return List.of(
                deadLetter("month_zero", "date", quoted(Canary.PARTIAL_DATE), ""),
                deadLetter("month_zero_datetime", "datetime", quoted(Canary.PARTIAL_DATE + " 07:07:07"), ""),
                deadLetter("datetime_into_date", "datetime", quoted(Canary.DAY + " 07:07:07"), "date"),
                deadLetter("date_into_varchar", "date", quoted(Canary.DAY), "varchar(5)"),
                deadLetter("date_checked", "date", quoted(Canary.DAY), "date " + NONE),
                deadLetter("datetime_checked", "datetime", quoted(Canary.DAY + " 07:07:07"), "timestamp " + NONE),
                deadLetter("datetime_loses_fraction", "datetime(6)", fraction(), "timestamp(0)"),
                // Before 8.0, MySQL makes a NULL the current time, unless the column allows NULL by name.
                deadLetter("timestamp_loses_fraction", "timestamp(6) NULL", fraction(), "timestamp(3)"),
                deadLetter("time_beyond_a_day", "time", quoted(Canary.TIME), "time"),
                deadLetter("time_checked", "time", quoted(Canary.TIME), "interval " + NONE),
                deadLetter("time_loses_fraction", "time(6)", quoted(Canary.FRACTION), "interval(0)"),
                deadLetter("time_policy", "time", quoted(Canary.TIME), "").with("time: time"),
                deadLetter("datetime_cursor", "datetime", quoted(Canary.DAY + " 07:07:07"), "timestamp")
                        .with("incremental_columns: [V]")
                        .but(Outcome.ARRIVES));
    }

    private static List<CanaryTable> others() {
        String bytes = quoted(Canary.TEXT);
        String number = "b'" + Integer.toBinaryString(Canary.NUMBER) + "'";
        return List.of(
                deadLetter("enum_into_varchar", "enum('ok'," + quoted(Canary.TEXT) + ")", bytes, "varchar(5)"),
                deadLetter("set_into_varchar", "set('ok'," + quoted(Canary.TEXT) + ")", bytes, "varchar(5)"),
                deadLetter("enum_into_enum", "enum('ok'," + quoted(Canary.TEXT) + ")", bytes, "raw.mood"),
                deadLetter("json_into_varchar", "json", quoted("{\"" + Canary.TEXT + "\": 1}"), "varchar(5)"),
                deadLetter("bytes_into_text", "varbinary(60)", "CONCAT(" + bytes + ", X'FF')", "text"),
                deadLetter("bytes_into_varchar", "blob", bytes, "varchar(5)"),
                deadLetter("bytes_into_uuid", "varbinary(60)", quoted(Canary.TEXT + "-"), "uuid"),
                deadLetter("binary_checked", "binary(60)", bytes, "bytea " + NONE),
                deadLetter("varbinary_checked", "varbinary(60)", bytes, "bytea " + NONE),
                deadLetter("blob_checked", "longblob", bytes, "bytea " + NONE),
                deadLetter("bit_checked", "bit(40)", number, "bit(40) " + NONE),
                deadLetter("point_checked", "point", "POINT(" + NUMBER + ", 1)", "bytea " + NONE));
    }

    /** MySQL has neither type. */
    private static List<CanaryTable> onlyMariaDb() {
        return !SourceProduct.underTest().isMariaDb()
                ? List.of()
                : List.of(
                        deadLetter("uuid_into_varchar", "uuid", quoted(Canary.UUID), "varchar(5)"),
                        deadLetter("uuid_checked", "uuid", quoted(Canary.UUID), "uuid " + NONE),
                        deadLetter("inet4_checked", "inet4", quoted(Canary.INET4), "inet " + NONE),
                        deadLetter("inet6_checked", "inet6", quoted(Canary.INET6), "inet " + NONE));
    }

    private static List<CanaryTable> constraints() {
        return List.of(
                text("checked", "text " + NONE),
                text("checked_by_cast", "text CHECK (\"V\"::int > 0)"),
                text("referring", "text REFERENCES raw.parent (name)"),
                // A row that only the target has, and keeps.
                text("unique_elsewhere", "text UNIQUE")
                        .with("deletes: ignore")
                        .and("INSERT INTO raw.unique_elsewhere VALUES (1000, 'x', " + quoted(Canary.TEXT) + ")"),
                deadLetter("unique_number", "int", NUMBER, "int UNIQUE")
                        .with("deletes: ignore")
                        .and("INSERT INTO raw.unique_number VALUES (1000, 'x', " + NUMBER + ")"),
                text("excluded", "text, EXCLUDE (\"V\" WITH =)")
                        .with("deletes: ignore")
                        .and("INSERT INTO raw.excluded VALUES (1000, 'x', " + quoted(Canary.TEXT) + ")"),
                text("not_null", "text, w int NOT NULL DEFAULT 1")
                        .and("CREATE FUNCTION raw.empty_w() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                                + " IF NEW.\"V\" IS NOT NULL THEN NEW.w := NULL; END IF; RETURN NEW; END $$")
                        .and("CREATE TRIGGER t BEFORE INSERT ON raw.not_null FOR EACH ROW"
                                + " EXECUTE FUNCTION raw.empty_w()"),
                text("computed", "text, w int GENERATED ALWAYS AS (1 / (length(\"V\") - 16)) STORED"),
                text("generated_by_cast", "text, w int GENERATED ALWAYS AS (\"V\"::int) STORED"),
                deadLetter("index_row", "text", LONG_TEXT, "text").and("CREATE INDEX ON raw.index_row (\"V\")"),
                text("index_expression", "text").and("CREATE INDEX ON raw.index_expression ((\"V\"::int))"),
                text("domain", "raw.short_text"));
    }

    private static List<CanaryTable> triggers() {
        String quoting = "RAISE EXCEPTION 'bad %%', NEW.\"V\" USING ERRCODE = '%s', DETAIL = NEW.\"V\","
                + " HINT = NEW.\"V\", COLUMN = NEW.\"V\", CONSTRAINT = NEW.\"V\", DATATYPE = NEW.\"V\","
                + " TABLE = NEW.\"V\", SCHEMA = NEW.\"V\"";
        return List.of(
                trigger("raising_data", quoting.formatted("22000"), Outcome.ROWS_REFUSED),
                trigger("raising_constraint", quoting.formatted("23505"), Outcome.ROWS_REFUSED),
                trigger("raising_schema", quoting.formatted("42501"), Outcome.LOAD_FAILED),
                trigger("raising_by_default", "RAISE EXCEPTION 'bad %', NEW.\"V\"", Outcome.ROWS_REFUSED),
                trigger("raising_internal", quoting.formatted("XX000"), Outcome.LOAD_FAILED),
                trigger("raising_transient", quoting.formatted("57014"), Outcome.TRIED_AGAIN),
                trigger("raising_deadlock", quoting.formatted("40P01"), Outcome.TRIED_AGAIN),
                trigger("warning", "RAISE WARNING 'odd %', NEW.\"V\"", Outcome.ARRIVES),
                trigger("noticing", "RAISE NOTICE 'odd %', NEW.\"V\"", Outcome.ARRIVES));
    }

    /** Not the data of single rows, or no failure at all. */
    private static List<CanaryTable> oddities() {
        return List.of(
                deadLetter("int_into_bytea", "int", NUMBER, "bytea").but(Outcome.LOAD_FAILED),
                deadLetter("nul_stripped", "varchar(60)", nul(), "")
                        .with("nul_characters: strip")
                        .but(Outcome.ARRIVES),
                text("excluded_column", "").with("exclude_columns: [V]").but(Outcome.ARRIVES));
    }

    private static String nul() {
        return "CONCAT(" + quoted(Canary.TEXT) + ", CHAR(0))";
    }

    private static String fraction() {
        return quoted("2017-07-07 " + Canary.FRACTION);
    }
}
