package io.postgresloader.demo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real MySQL server from a Maven artifact, on loopback. */
public final class EmbeddedMySql implements SourceServer {
    private final ServerProcess process;

    private EmbeddedMySql(ServerProcess process) {
        this.process = process;
    }

    /** Starts the server and waits until it answers; an orphan of an earlier run on the same data is ended first. */
    public static EmbeddedMySql start(Options options, MySqlRelease release) {
        Path directory = ServerProcess.directory(options).resolveSibling(release + "-installation");
        try {
            MySqlInstallation installation = MySqlInstallation.in(directory, release);
            installation.copyData(ServerProcess.data(options));
            return new EmbeddedMySql(
                    ServerProcess.start(options, installation.program(), installation.libraries(), release.users()));
        } catch (IOException e) {
            throw new UncheckedIOException(release + " cannot be started in " + options.directory(), e);
        }
    }

    @Override
    public int port() {
        return process.port();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String known(String statement) {
        return Numbers.writtenOut(statement);
    }

    @Override
    public void close() {
        process.close();
    }
}
