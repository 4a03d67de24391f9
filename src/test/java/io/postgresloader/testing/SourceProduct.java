package io.postgresloader.testing;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedMySql;
import io.postgresloader.demo.server.MySqlRelease;
import io.postgresloader.demo.server.SourceServer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The products that the tests can run against as the source: {@code -Dsource.product=mysql-5.7}. */
public enum SourceProduct {
    MARIADB_11_4("mariadb-11.4", EmbeddedMariaDb::start),
    MARIADB_10_11("mariadb-10.11", options -> EmbeddedMariaDb.start(options, "10.11.5")),
    MYSQL_8_0(MySqlRelease.V8_0),
    MYSQL_5_7(MySqlRelease.V5_7),
    MYSQL_5_5(MySqlRelease.V5_5);

    /** The name of the system property. */
    private static final String PROPERTY = "source.product";

    private final String text;
    private final Function<SourceServer.Options, SourceServer> start;

    SourceProduct(MySqlRelease release) {
        this(release.toString(), options -> EmbeddedMySql.start(options, release));
    }

    SourceProduct(String text, Function<SourceServer.Options, SourceServer> start) {
        this.text = text;
        this.start = start;
    }

    /** The product that this run of the tests is about. */
    public static SourceProduct underTest() {
        String asked = System.getProperty(PROPERTY, MARIADB_11_4.text);
        return Arrays.stream(values())
                .filter(product -> product.text.equals(asked))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        PROPERTY + ": found " + asked + "; allowed are " + List.of(values())));
    }

    public boolean isMariaDb() {
        return this == MARIADB_11_4 || this == MARIADB_10_11;
    }

    SourceServer start(SourceServer.Options options) {
        return start.apply(options);
    }

    @Override
    public String toString() {
        return text;
    }
}
