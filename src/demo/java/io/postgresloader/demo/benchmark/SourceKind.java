package io.postgresloader.demo.benchmark;

import io.postgresloader.demo.server.EmbeddedMariaDb;
import io.postgresloader.demo.server.EmbeddedMySql;
import io.postgresloader.demo.server.MySqlRelease;
import io.postgresloader.demo.server.SourceServer;
import java.util.function.Function;

/** The products that the benchmark can read from. */
public enum SourceKind {
    MARIADB("mariadb-11.4", "mariadb", EmbeddedMariaDb::start),
    MYSQL("mysql-8.0", "mysql-8.0", options -> EmbeddedMySql.start(options, MySqlRelease.V8_0));

    private final String word;
    private final String directory;
    private final Function<SourceServer.Options, SourceServer> start;

    SourceKind(String word, String directory, Function<SourceServer.Options, SourceServer> start) {
        this.word = word;
        this.directory = directory;
        this.start = start;
    }

    /** Its name on the command line. */
    public String word() {
        return word;
    }

    /** The name of the directory of its data. */
    String directory() {
        return directory;
    }

    SourceServer start(SourceServer.Options options) {
        return start.apply(options);
    }
}
