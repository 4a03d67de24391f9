package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import java.util.Optional;

/** What becomes of text in a target database that is not in UTF-8. */
public final class TargetEncoding {
    private TargetEncoding() {}

    /** What the operator should know about the encoding of the target database; empty if it is UTF-8. */
    public static Optional<String> warning(Warehouse warehouse) {
        String encoding = warehouse
                .jdbc()
                .sql("SELECT current_setting('server_encoding')")
                .query(String.class)
                .single();
        return switch (encoding) {
            case "UTF8" -> Optional.empty();
            case "SQL_ASCII" -> Optional.of(
                    "the target database has the encoding SQL_ASCII: PostgreSQL stores the bytes"
                            + " of UTF-8 text and takes each byte for a character, so that lengths, upper case and searches are"
                            + " wrong for other text than ASCII; create the database with ENCODING 'UTF8'");
            default -> Optional.of("the target database has the encoding " + encoding + ": a row with a character that "
                    + encoding + " does not have becomes a dead letter (SQLSTATE 22P05); create the database with"
                    + " ENCODING 'UTF8'");
        };
    }
}
