package io.postgresloader.app;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Setting;
import io.postgresloader.config.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "health",
        description = {
            "Queries the health of the loader that runs on this machine.",
            "Use it as a container's health check. The loader is ready if it can connect to both databases."
        },
        exitCodeList = {
            "0:the loader is ready; with --all: tables, timers and reloads are healthy, and no dead letters are open",
            "1:the loader is not ready, or no loader answered",
            ExitCode.WRONG,
            "4:the loader did not answer in time"
        },
        footer = {
            "%nExamples:",
            "  postgres-loader health",
            "  postgres-loader health --all # include tables, dead letters, timers and reloads"
        })
final class HealthCommand implements Callable<Integer> {
    private static final int TIMEOUT_MILLIS = 7_000;

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--all", description = "Include the health of tables, dead letters, timers and reloads.")
    private boolean all;

    @Override
    public Integer call() {
        Settings.Management management = root.configuration().settings().management();
        if (!management.on()) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    "settings",
                    0,
                    Setting.MANAGEMENT_PORT.property(),
                    "port 0 turns the management server off",
                    "set a port")));
        }
        String address =
                "http://" + host(management) + ":" + management.port() + "/observe/health" + (all ? "" : "/ready");
        try {
            return ask(address);
        } catch (SocketTimeoutException e) {
            spec.commandLine()
                    .getErr()
                    .println("no answer from " + address + " within " + TIMEOUT_MILLIS / 1000 + " seconds");
            return ExitCode.TIMED_OUT;
        } catch (IOException e) {
            spec.commandLine().getErr().println("no loader answered at " + address);
            return ExitCode.FAILED;
        }
    }

    /** The host to connect to: loopback if the loader listens on all addresses. */
    private static String host(Settings.Management management) {
        String host = management.host();
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        if (address != null && address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private int ask(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        boolean up = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        PrintWriter out = spec.commandLine().getOut();
        try (InputStream body = up ? connection.getInputStream() : connection.getErrorStream()) {
            out.print(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        out.flush();
        return up ? ExitCode.DONE : ExitCode.FAILED;
    }
}
