package io.postgresloader.app;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of {@link TargetArrangementsIT}. */
final class Arrangements {
    /** The user of a loader that is not a superuser. */
    static final String USER = "arranged_loader";

    private static final String RAISE =
            "CREATE FUNCTION raw.odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.\"Id\" % 30 = 5 THEN"
                    + " RAISE EXCEPTION 'odd'; END IF; RETURN NULL; END $$";

    private static final String NOOP =
            "CREATE FUNCTION raw.noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";

    private Arrangements() {}

    static Stream<Arrangement> all() {
        return Stream.of(partitions(), rules(), deferred(), widening(), keys(), security(), publications(), wide())
                .flatMap(rows -> rows);
    }

    private static Stream<Arrangement> partitions() {
        return Stream.of(
                Arrangement.of("S2", "partitioned by hash")
                        .target(
                                Arrangement.TABLE + " PARTITION BY HASH (\"Id\")",
                                "CREATE TABLE raw.v1 PARTITION OF raw.visit FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                                "CREATE TABLE raw.v2 PARTITION OF raw.visit FOR VALUES WITH (MODULUS 2, REMAINDER 1)")
                        .sourceLater(changes()),
                Arrangement.of("S2", "rows without a partition")
                        .target(
                                Arrangement.TABLE + " PARTITION BY RANGE (\"Id\")",
                                "CREATE TABLE raw.v1 PARTITION OF raw.visit FOR VALUES FROM (2) TO (65)")
                        .sourceLater(changes())
                        .loadsAllBut("1|23514", "65|23514", "66|23514"));
    }

    private static Stream<Arrangement> rules() {
        return Stream.of(Arrangement.of("S3", "a rule DO ALSO")
                .targetLater(
                        "CREATE TABLE raw.other (LIKE raw.visit)",
                        "CREATE RULE odd AS ON UPDATE TO raw.visit DO ALSO INSERT INTO raw.other VALUES (NEW.*)")
                .sourceLater(changes())
                .stops(
                        "schema: table raw.visit has the rule odd ON UPDATE, which PostgreSQL applies to some of the"
                                + " loader's statements and not to others; run: DROP RULE \"odd\" ON \"raw\".\"visit\"",
                        "DROP RULE \"odd\" ON \"raw\".\"visit\""));
    }

    private static Stream<Arrangement> deferred() {
        return Stream.of(
                Arrangement.of("S4", "a foreign key checked at commit")
                        .target(
                                "CREATE TABLE raw.amount (a int PRIMARY KEY)",
                                "INSERT INTO raw.amount SELECT * FROM generate_series(1, 62) EXCEPT VALUES (7)",
                                Arrangement.TABLE,
                                "ALTER TABLE raw.visit ADD FOREIGN KEY (\"Amount\") REFERENCES raw.amount"
                                        + " DEFERRABLE INITIALLY DEFERRED")
                        .sourceLater("UPDATE visit SET Note = 'x', Edited = NOW() WHERE Id IN (4, 8)", more())
                        .loadsAllBut("7|23503", "63|23503", "64|23503", "65|23503", "66|23503"),
                Arrangement.of("S4", "a unique constraint checked at commit")
                        .target(
                                Arrangement.TABLE,
                                "ALTER TABLE raw.visit ADD UNIQUE (\"Note\") DEFERRABLE INITIALLY DEFERRED")
                        .source("UPDATE visit SET Note = 'n8' WHERE Id = 9")
                        .sourceLater("UPDATE visit SET Note = 'n1', Edited = NOW() WHERE Id = 2", more())
                        .loadsAllBut("2|23505", "9|23505"),
                Arrangement.of("S4", "a constraint trigger that runs at commit")
                        .target(
                                Arrangement.TABLE,
                                RAISE,
                                "CREATE CONSTRAINT TRIGGER odd AFTER INSERT OR UPDATE ON raw.visit DEFERRABLE"
                                        + " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raw.odd()")
                        .sourceLater(more())
                        .loadsAllBut("5|P0001", "35|P0001", "65|P0001"),
                Arrangement.of("S4", "rows that refer to later rows")
                        .target(
                                Arrangement.TABLE,
                                "ALTER TABLE raw.visit ADD FOREIGN KEY (\"Amount\") REFERENCES raw.visit"
                                        + " DEFERRABLE INITIALLY DEFERRED")
                        .source("UPDATE visit SET Amount = 61 - Id")
                        .sourceLater(
                                "INSERT INTO visit SELECT seq, 131 - seq, 'new', NOW() FROM seq_61_to_70",
                                "UPDATE visit SET Amount = 70, Edited = NOW() WHERE Id = 1"),
                Arrangement.of("S4", "a primary key checked at commit")
                        .target(Arrangement.TABLE.replace("KEY", "KEY DEFERRABLE"))
                        .stops(
                                "schema: table raw.visit has the deferrable constraint visit_pkey on its key (Id), by"
                                        + " which PostgreSQL cannot upsert; run: ALTER TABLE \"raw\".\"visit\" DROP"
                                        + " CONSTRAINT \"visit_pkey\", ADD PRIMARY KEY (\"Id\")",
                                "ALTER TABLE \"raw\".\"visit\" DROP CONSTRAINT \"visit_pkey\", ADD PRIMARY KEY"
                                        + " (\"Id\")"));
    }

    private static Stream<Arrangement> widening() {
        return Stream.of(
                blocked(
                        "S5",
                        "trigger on_amount",
                        NOOP,
                        "CREATE TRIGGER on_amount AFTER UPDATE OF \"Amount\" ON raw.visit"
                                + " FOR EACH ROW EXECUTE FUNCTION raw.noop()"),
                blocked("S6", "policy paid", "CREATE POLICY paid ON raw.visit USING (\"Amount\" > 0)"),
                blocked(
                        "S7",
                        "function raw.total()",
                        "CREATE FUNCTION raw.total() RETURNS bigint LANGUAGE sql"
                                + " BEGIN ATOMIC SELECT sum(\"Amount\") FROM raw.visit; END"),
                blocked(
                        "S8",
                        "the row filter of publication paid",
                        "CREATE PUBLICATION paid FOR TABLE raw.visit"
                                + " WHERE (\"Amount\" > 0) WITH (publish = 'insert')"),
                blocked(
                        "S9",
                        "generated column twice",
                        "ALTER TABLE raw.visit ADD twice bigint GENERATED ALWAYS AS" + " (\"Amount\" * 2) STORED"),
                Arrangement.of("S10", "the partition key is to be widened")
                        .target(
                                Arrangement.TABLE + " PARTITION BY RANGE (\"Id\")",
                                "CREATE TABLE raw.v1 PARTITION OF raw.visit DEFAULT")
                        .sourceLater(
                                "ALTER TABLE visit MODIFY Id bigint NOT NULL",
                                "INSERT INTO visit VALUES (5000000000, 1, 'n', NOW()), (61, 2, 'n', NOW())")
                        .notes("column Id should become bigint, but the partition key depends on it: rows that do not"
                                + " fit into integer become dead letters; create the table again with that type")
                        .loadsAllBut("5000000000|22003"));
    }

    private static Arrangement blocked(String id, String obstacle, String... statements) {
        return Arrangement.of(id, obstacle)
                .targetLater(statements)
                .sourceLater(
                        "ALTER TABLE visit MODIFY Amount bigint",
                        "UPDATE visit SET Amount = 5000000000, Edited = NOW() WHERE Id = 7",
                        "UPDATE visit SET Amount = 4, Edited = NOW() WHERE Id = 8")
                .notes("column Amount should become bigint, but " + obstacle
                        + " depends on it: rows that do not fit into"
                        + " integer become dead letters; drop " + obstacle + ", run ALTER TABLE \"raw\".\"visit\" ALTER"
                        + " COLUMN \"Amount\" TYPE bigint")
                .loadsAllBut("7|22003");
    }

    private static Stream<Arrangement> keys() {
        String citext = "CREATE EXTENSION citext SCHEMA public";
        String folding =
                "CREATE COLLATION raw.folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false)";
        return Stream.of(
                code("two keys of a batch are one", "public.citext", citext)
                        .source("INSERT INTO visit VALUES ('abc', 1, 'lower', NOW()), ('ABC', 2, 'upper', NOW())")
                        .loadsAllBut("abc|23505"),
                code("two keys of a batch are one by collation", "text COLLATE raw.folding", folding)
                        .source("INSERT INTO visit VALUES ('abc', 1, 'lower', NOW()), ('ABC', 2, 'upper', NOW())")
                        .loadsAllBut("abc|23505"),
                code("a later key is one that is there", "public.citext", citext)
                        .source("INSERT INTO visit VALUES ('abc', 1, 'lower', NOW())")
                        .sourceLater("INSERT INTO visit VALUES ('ABC', 2, 'upper', NOW())")
                        .loadsAllBut("ABC|23505"),
                code("a key in another case replaces its row", "public.citext", citext)
                        .source("INSERT INTO visit VALUES ('abc', 1, 'lower', NOW())")
                        .sourceLater("UPDATE visit SET Id = 'ABC', Edited = NOW() WHERE Id = 'abc'"),
                code("texts that are one number", "integer")
                        .source(
                                "DELETE FROM visit",
                                "INSERT INTO visit VALUES ('7', 1, 'x', NOW()), ('07', 2, 'y', NOW())")
                        .stops(
                                "schema (SQLSTATE 21000): two rows of the source have one key in the target, whose"
                                        + " type does not distinguish them",
                                "ALTER TABLE raw.visit ALTER \"Id\" TYPE text"));
    }

    private static Arrangement code(String name, String type, String... before) {
        return Arrangement.of("S11", name)
                .source(
                        "DROP TABLE visit",
                        "CREATE TABLE visit (Id varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL PRIMARY"
                                + " KEY, Amount int, Note varchar(40), Edited datetime NOT NULL)",
                        "INSERT INTO visit SELECT CONCAT('key', seq), seq, 'n', '2020-02-02' FROM seq_1_to_60")
                .target(before)
                .target(Arrangement.TABLE.replace("integer PRIMARY KEY", type + " PRIMARY KEY"));
    }

    private static Stream<Arrangement> security() {
        return Stream.of(
                Arrangement.of("S12", "row security that its owner is not free from")
                        .asOrdinaryUser()
                        .target(
                                Arrangement.TABLE,
                                "ALTER TABLE raw.visit OWNER TO " + USER,
                                "ALTER TABLE raw.visit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
                                "CREATE POLICY few ON raw.visit USING (\"Id\" < 30)")
                        .stops(
                                "schema: table raw.visit has row security that applies to the loader's user " + USER
                                        + ": PostgreSQL hides rows from it and does not allow COPY; run: ALTER TABLE"
                                        + " \"raw\".\"visit\" NO FORCE ROW LEVEL SECURITY",
                                "ALTER TABLE \"raw\".\"visit\" NO FORCE ROW LEVEL SECURITY"),
                Arrangement.of("S12", "row security on the table of another owner")
                        .asOrdinaryUser()
                        .target(
                                Arrangement.TABLE,
                                "GRANT ALL ON raw.visit TO " + USER,
                                "ALTER TABLE raw.visit ENABLE ROW LEVEL SECURITY",
                                "CREATE POLICY everything ON raw.visit USING (true)")
                        .stops(
                                "schema: table raw.visit has row security that applies to the loader's user " + USER
                                        + ": PostgreSQL hides rows from it and does not allow COPY; run: ALTER ROLE \""
                                        + USER
                                        + "\" BYPASSRLS",
                                "ALTER ROLE \"" + USER + "\" BYPASSRLS"),
                Arrangement.of("S14", "an event trigger without rights")
                        .asOrdinaryUser()
                        .target(
                                "CREATE TABLE public.ddl_log (at timestamptz)",
                                "CREATE FUNCTION public.log_ddl() RETURNS event_trigger LANGUAGE plpgsql AS"
                                        + " $$ BEGIN INSERT INTO public.ddl_log VALUES (now()); END $$")
                        .targetLater(
                                "CREATE EVENT TRIGGER log_ddl ON ddl_command_end EXECUTE FUNCTION public.log_ddl()")
                        .sourceLater(changes())
                        .stops(
                                "schema (SQLSTATE 42501): the event trigger log_ddl of the target's database fails"
                                        + " when the loader creates or changes a table, temporary ones included: the user"
                                        + " has no right to do this; see the grants; run: ALTER FUNCTION public.log_ddl()"
                                        + " SECURITY DEFINER, or: ALTER EVENT TRIGGER \"log_ddl\" DISABLE",
                                "ALTER FUNCTION public.log_ddl() SECURITY DEFINER"),
                Arrangement.of("S14", "an event trigger that does not allow ALTER TABLE")
                        .target("CREATE FUNCTION raw.frozen() RETURNS event_trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE EXCEPTION 'frozen'; END $$")
                        .targetLater("CREATE EVENT TRIGGER frozen ON ddl_command_start WHEN TAG IN ('ALTER TABLE')"
                                + " EXECUTE FUNCTION raw.frozen()")
                        .sourceLater("ALTER TABLE visit ADD More int")
                        .stops(
                                "schema (SQLSTATE P0001): the event trigger frozen of the target's database fails when"
                                        + " the loader creates or changes a table, temporary ones included: a function of"
                                        + " the target raised an error: raw.frozen(); run: ALTER EVENT TRIGGER \"frozen\""
                                        + " DISABLE",
                                "ALTER EVENT TRIGGER \"frozen\" DISABLE"));
    }

    private static Stream<Arrangement> publications() {
        String everything = "CREATE PUBLICATION everything FOR ALL TABLES";
        String sentence =
                "schema (SQLSTATE 55000): table raw.visit is in the publication everything, which publishes updates or"
                        + " deletes, and has no replica identity to name the rows by; run: ALTER TABLE \"raw\".\"visit\""
                        + " REPLICA IDENTITY ";
        return Stream.of(
                Arrangement.of("S13", "an adopted table without a key in a publication")
                        .target(Arrangement.TABLE.replace("PRIMARY KEY", "NOT NULL"))
                        .targetLater(everything)
                        .sourceLater(changes())
                        .stops(
                                sentence + "USING INDEX \"visit_Id_idx\"",
                                "ALTER TABLE \"raw\".\"visit\" REPLICA IDENTITY USING INDEX \"visit_Id_idx\""),
                Arrangement.of("S13", "a table whose key may be NULL in a publication")
                        .target(Arrangement.TABLE.replace("PRIMARY KEY", ""))
                        .targetLater(everything)
                        .sourceLater(changes())
                        .stops(sentence + "FULL", "ALTER TABLE \"raw\".\"visit\" REPLICA IDENTITY FULL"),
                Arrangement.of("S13", "a table that has no key in the source in a publication")
                        .keyless()
                        .targetLater(everything)
                        .sourceLater("UPDATE visit SET Note = 'x' WHERE Id = 4")
                        .stops(sentence + "FULL", "ALTER TABLE \"raw\".\"visit\" REPLICA IDENTITY FULL"));
    }

    private static Stream<Arrangement> wide() {
        String list = "visit: {reconcile: off, skip_unchanged: false}";
        return Stream.of(
                Arrangement.of("S15", "1,601 columns")
                        .source("DROP TABLE visit", wideTable("tinyint", 1600))
                        .list(list)
                        .stops("schema: table raw.visit would have 1601 columns, and PostgreSQL allows 1600 (dropped"
                                + " ones count); leave some out with exclude_columns"),
                Arrangement.of("S15", "1,600 columns")
                        .source(
                                "DROP TABLE visit",
                                wideTable("tinyint", 1599),
                                "INSERT INTO visit (Id) VALUES (1), (2), (3)")
                        .list(list)
                        .sourceLater(
                                "UPDATE visit SET c1 = 1, c1599 = 7 WHERE Id = 2", "INSERT INTO visit (Id) VALUES (4)"),
                Arrangement.of("S16", "rows that are wider than a page of the target")
                        .source(
                                "DROP TABLE visit",
                                wideTable("bigint", 1100),
                                "INSERT INTO visit (Id) SELECT seq FROM seq_1_to_60",
                                "UPDATE visit SET " + values(1100, "1") + " WHERE Id IN (3, 33)")
                        .list(list)
                        .loadsAllBut("3|54000", "33|54000"),
                Arrangement.of("S16", "too wide rows that only PostgreSQL finds out")
                        .source(
                                "DROP TABLE visit",
                                wideTable("varbinary(20)", 900),
                                "INSERT INTO visit (Id) SELECT seq FROM seq_1_to_60",
                                "UPDATE visit SET " + values(900, "'12345678901234567890'") + " WHERE Id IN (3, 33)")
                        .list(list)
                        .loadsAllBut("3|54000", "33|54000"),
                Arrangement.of("S16", "nothing but too wide rows that only PostgreSQL finds out")
                        .source(
                                "DROP TABLE visit",
                                wideTable("varbinary(20) NOT NULL DEFAULT '12345678901234567890'", 900),
                                "INSERT INTO visit (Id) SELECT seq FROM seq_1_to_200")
                        .list(list)
                        .stops("row data: table visit: 64 of 200 rows became dead letters, more than"
                                + " max_dead_letter_fraction (10.0 %) allows, most often: the row is too large for"
                                + " a limit of the server (SQLSTATE 54000); correct the target's column or the"
                                + " source, or set a policy for the column; to keep all of them as dead letters,"
                                + " raise max_dead_letter_fraction"),
                Arrangement.of("S16", "nothing but rows that are wider than a page of the target")
                        .source(
                                "DROP TABLE visit",
                                wideTable("bigint NOT NULL DEFAULT 1", 1100),
                                "INSERT INTO visit (Id) SELECT seq FROM seq_1_to_60")
                        .list(list)
                        .stops("row data: table visit: 60 of 60 rows became dead letters, more than"
                                + " max_dead_letter_fraction (10.0 %) allows, most often: the row has more values"
                                + " than a page of the target can hold (8160 bytes); leave columns out with"
                                + " exclude_columns, or give them smaller types (SQLSTATE 54000); correct the"
                                + " target's column or the source, or set a policy for the column; to keep all of"
                                + " them as dead letters, raise max_dead_letter_fraction"));
    }

    private static String values(int columns, String value) {
        return IntStream.rangeClosed(1, columns)
                .mapToObj(column -> "c" + column + " = " + value)
                .collect(Collectors.joining(", "));
    }

    private static String wideTable(String type, int columns) {
        return "CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, "
                + IntStream.rangeClosed(1, columns)
                        .mapToObj(c -> "c" + c + " " + type)
                        .collect(Collectors.joining(", "))
                + ") ENGINE=MyISAM";
    }

    private static String changes() {
        return "INSERT INTO visit SELECT seq, seq, CONCAT('n', seq), NOW() FROM seq_61_to_66 ON DUPLICATE KEY UPDATE"
                + " Note = 'x'";
    }

    private static String more() {
        return "INSERT INTO visit SELECT seq, seq, CONCAT('n', seq), NOW() FROM seq_61_to_66";
    }
}
