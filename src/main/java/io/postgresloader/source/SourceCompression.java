package io.postgresloader.source;

import io.postgresloader.database.Source;
import java.util.Optional;

/** Whether the connections to the source are compressed: a server that does not offer it is read without. */
public final class SourceCompression {
    private SourceCompression() {}

    /** A warning for a server that does not compress although the setting asks for it; empty: it does. */
    public static Optional<String> warning(Source source) {
        return source.jdbc()
                        .sql("SHOW SESSION STATUS LIKE 'Compression'")
                        .query((row, number) -> row.getString(2))
                        .optional()
                        .filter("ON"::equals)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("source.compression is on, and the source does not compress: on MySQL 8, add zlib to"
                        + " protocol_compression_algorithms, or turn the setting off");
    }
}
