package io.postgresloader.demo;

import io.postgresloader.app.Operation;
import io.postgresloader.config.settings.Setting;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.settings.SettingsReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of the demo's loader: the variables of the process that are not about databases, and a free port.
 *
 * @param values by the names of the variables
 * @param taken the management port of the settings, if another process has it; the values name another one
 */
record DemoVariables(Map<String, String> values, Optional<Integer> taken) {
    DemoVariables {
        values = Map.copyOf(values);
    }

    /** The variables of a loader that listens on no port. */
    static DemoVariables of(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(environment);
        values.keySet().removeIf(name -> !name.matches("(LOADER|MANAGEMENT|JOLOKIA)_.*"));
        return new DemoVariables(values, Optional.empty());
    }

    /**
     * The variables of a loader that listens. The port is replaced only if no variable sets it.
     *
     * @throws io.postgresloader.config.ConfigurationException when an address cannot be used
     */
    static DemoVariables listening(Path settings, Map<String, String> environment) {
        DemoVariables given = of(environment);
        Settings.Management management = given.settings(settings).management();
        DemoVariables variables = given.asks(Setting.MANAGEMENT_PORT)
                        || !management.on()
                        || Operation.free(management.host(), management.port())
                ? given
                : given.elsewhere(management);
        Operation.requireAddresses(variables.settings(settings));
        return variables;
    }

    private Settings settings(Path file) {
        return SettingsReader.read(file, values).settings();
    }

    private boolean asks(Setting setting) {
        return !values.getOrDefault(setting.variable(), "").isEmpty();
    }

    /** If the host has no free port, the configured port is kept, and the error that follows names it. */
    private DemoVariables elsewhere(Settings.Management management) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(management.host(), 0));
            Map<String, String> moved = new HashMap<>(values);
            moved.put(Setting.MANAGEMENT_PORT.variable(), String.valueOf(socket.getLocalPort()));
            return new DemoVariables(moved, Optional.of(management.port()));
        } catch (IOException e) {
            return this;
        }
    }
}
