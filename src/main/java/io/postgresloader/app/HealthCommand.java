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
            "Asks the loader that runs on this machine whether it is ready.",
            "As a container's health check does. Ready means that both databases answer it."
        },
        exitCodeList = {
            "0:it is ready; with --all: tables, timers and reloads are well too",
            "1:it is not, or no loader answers",
            ExitCode.WRONG
        },
        footer = {
            "%nExamples:",
            "  postgres-loader health",
            "  postgres-loader health --all  # tables, timers and reloads too"
        })
final class HealthCommand implements Callable<Integer> {
    private static final int TIMEOUT_MILLIS = 7_000;

    @ParentCommand
    private RootCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--all", description = "Ask for tables, timers and reloads as well.")
    private boolean all;

    @Override
    public Integer call() {
        Settings.Management management = root.configuration().settings().management();
        if (!management.on()) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    "settings",
                    0,
                    Setting.MANAGEMENT_PORT.property(),
                    "0, so that the loader does not tell",
                    "give it a port")));
        }
        String address =
                "http://" + host(management) + ":" + management.port() + "/observe/health" + (all ? "" : "/ready");
        try {
            return ask(address);
        } catch (IOException e) {
            spec.commandLine().getErr().println("no loader answers at " + address);
            return ExitCode.FAILED;
        }
    }

    /** Where the loader listens on all addresses, its own machine's is one of them. */
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
