package io.postgresloader.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.postgresloader.testing.Canonical;
import io.postgresloader.testing.Extent;
import io.postgresloader.testing.SourceProduct;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The comparison that other tests rest on can fail: it sees the least change of any cell, and no other. */
@Tag(Extent.SMOKE)
class FlippedCellsIT {
    /** Types that MySQL does not have are texts there. */
    private static final boolean MARIADB = SourceProduct.underTest().isMariaDb();

    private static final String VISIT =
            """
            CREATE TABLE visit (Id int NOT NULL PRIMARY KEY, Small smallint NOT NULL, Nothing int,
              Big bigint unsigned NOT NULL, Price decimal(20,5) NOT NULL, Ratio float NOT NULL,
              RatioZero float NOT NULL, Exact double NOT NULL, ExactZero double NOT NULL, Day date NOT NULL,
              FirstDay date NOT NULL, Moment datetime(6) NOT NULL, Instant timestamp(6) NOT NULL,
              Span time(6) NOT NULL, InYear year NOT NULL, Name varchar(40) CHARACTER SET utf8mb4, Blank varchar(40),
              NoName varchar(40), Note text, Flags bit(9) NOT NULL, Raw varbinary(20), NoBytes blob,
              Shape point NOT NULL, Choice enum('a', 'A ', 'b') NOT NULL, Token %s NOT NULL, Address %s NOT NULL)"""
                    .formatted(MARIADB ? "uuid" : "varchar(40)", MARIADB ? "inet6" : "varchar(40)");

    private static final String ROWS =
            """
            INSERT INTO visit SELECT seq, -1, NULL, 18446744073709551615, 1.5, 0.1, 0, 0.3, 0, '2020-02-29',
              '0001-01-01', '2020-02-29 23:59:59.999999', '2020-02-29 12:00:00', '10:00:00.5', 2020,
              CONCAT(X'C3A9', 'va 1'), '', NULL, CONCAT('a', CHAR(13), CHAR(10), X'5C', 'N'), b'100000001', X'00FF',
              NULL, ST_GeomFromText('POINT(0 1)', 4326), 'a', '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
              '::ffff:192.0.2.1' FROM seq_1_to_300""";

    private static final List<Change> CHANGES = List.of(
            new Change("Small", "1"),
            new Change("Nothing", "0"),
            new Change("Big", "\"Big\" - 1"),
            new Change("Price", "1.50001"),
            // The next number that the type has, and the one before.
            new Change("Ratio", "'0.10000001'"),
            new Change("Ratio", "'0.099999994'"),
            new Change("RatioZero", "'-0'"),
            new Change("RatioZero", "'1e-45'"),
            new Change("Exact", "'0.30000000000000004'"),
            new Change("Exact", "'NaN'"),
            new Change("ExactZero", "'-0'"),
            new Change("ExactZero", "'5e-324'"),
            new Change("Day", "\"Day\" - 1"),
            new Change("FirstDay", "'0001-01-01 BC'"),
            new Change("Moment", "\"Moment\" - interval '1 microsecond'"),
            new Change("Moment", "'2020-03-01'"),
            new Change("Moment", "'infinity'"),
            new Change("Instant", "\"Instant\" + interval '1 microsecond'"),
            new Change("Instant", "\"Instant\" + interval '1 hour'"),
            new Change("Span", "\"Span\" + interval '1 microsecond'"),
            new Change("Span", "-\"Span\""),
            new Change("InYear", "0"),
            new Change("Name", "\"Name\" || ' '"),
            new Change("Name", "initcap(\"Name\")"),
            new Change("Name", "normalize(\"Name\", NFD)"),
            new Change("Name", "replace(\"Name\", ' ', U&'\\00A0')"),
            new Change("Name", "U&'\\FEFF' || \"Name\""),
            new Change("Name", "NULL"),
            new Change("Blank", "NULL"),
            new Change("Blank", "' '"),
            new Change("NoName", "''"),
            new Change("NoName", "'NULL'"),
            new Change("Note", "replace(\"Note\", E'\\r', '')"),
            new Change("Note", "replace(\"Note\", E'\\\\', '')"),
            new Change("Flags", "B'100000000'"),
            new Change("Flags", "B'000000001'"),
            new Change("Raw", "'\\x00'"),
            new Change("Raw", "'\\x00ff00'"),
            new Change("NoBytes", "''"),
            // The sign of a zero coordinate, and the spatial reference.
            new Change("Shape", "set_byte(\"Shape\", 16, 128)"),
            new Change("Shape", "set_byte(\"Shape\", 5, 0)"),
            new Change("Choice", "'A'"),
            new Change("Choice", "'a '"),
            new Change("Token", "'6ba7b810-9dad-11d1-80b4-00c04fd430c9'"),
            new Change("Address", "'192.0.2.1'"));

    private final LoaderFixture fixture = new LoaderFixture();

    /**
     * @param column the column of the cell
     * @param value SQL of what it becomes in the target
     */
    private record Change(String column, String value) {}

    @BeforeEach
    void load() {
        fixture.source().execute(VISIT, ROWS);
        fixture.tables("visit:").load("visit");
        assertThat(differences()).isEmpty();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void exactlyTheFlippedCellsAreNamed() {
        List<String> flipped = new ArrayList<>();
        for (int i = 0; i < CHANGES.size(); i++) {
            Change change = CHANGES.get(i);
            int key = 1 + 6 * i;
            fixture.target()
                    .execute("UPDATE raw.visit SET \"" + change.column + "\" = " + change.value + " WHERE \"Id\" = "
                            + key);
            flipped.add("key (" + key + "): column " + change.column);
        }

        assertThat(differences()).containsExactlyInAnyOrderElementsOf(flipped);
    }

    @Test
    void severalFlippedCellsOfARowAreAllNamed() {
        fixture.target()
                .execute("UPDATE raw.visit SET \"Name\" = 'x', \"Big\" = 7, \"Token\" = gen_random_uuid()"
                        + " WHERE \"Id\" = 300");

        assertThat(differences())
                .containsExactly("key (300): column Big", "key (300): column Name", "key (300): column Token");
    }

    @Test
    void rowsThatOnlyOneSideHasAreNamed() {
        fixture.target()
                .execute(
                        "DELETE FROM raw.visit WHERE \"Id\" IN (1, 300)",
                        "UPDATE raw.visit SET \"Id\" = -7 WHERE \"Id\" = 7");

        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "key (1): missing", "key (300): missing", "key (7): missing", "key (-7): extra");
    }

    private List<String> differences() {
        return Canonical.differences(fixture.source(), fixture.target(), "visit");
    }
}
