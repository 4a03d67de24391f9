package io.postgresloader.camel.operate;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jolokia.jvmagent.JolokiaServer;
import org.jolokia.jvmagent.JolokiaServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JMX by HTTP, for Hawtio and curl. The policy denies every bean and operation that it does not name. */
public final class JmxOverHttp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JmxOverHttp.class);

    private final JolokiaServer server;

    private JmxOverHttp(JolokiaServer server) {
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @throws IOException when the port is in use or the host is not an address of this machine
     * @throws ConfigurationException when the file is not a valid policy
     */
    public static JmxOverHttp start(Settings.Jolokia settings) throws IOException {
        check(settings.policy());
        Map<String, String> options = new HashMap<>();
        options.put("host", settings.host());
        options.put("port", String.valueOf(settings.port()));
        options.put("policyLocation", settings.policy().toAbsolutePath().toUri().toString());
        options.put("restrictorClass", AccessPolicy.class.getName());
        options.put("discoveryEnabled", "false");
        options.put("agentId", "postgres-loader");
        // Texts of exceptions may hold values.
        options.put("includeStackTrace", "false");
        options.put("serializeException", "false");
        // The default handler writes to standard output.
        options.put("logHandlerClass", "org.jolokia.server.core.service.impl.QuietLogHandler");
        options.put("executor", "fixed");
        options.put("threadNr", "2");
        options.put("user", settings.user());
        options.put("password", settings.password());
        JolokiaServer server = new JolokiaServer(new JolokiaServerConfig(options));
        server.start(false);
        LOG.info("JMX by HTTP: http://{}:{}/jolokia/", settings.host(), settings.port());
        return new JmxOverHttp(server);
    }

    /** Jolokia itself reads the policy at the first request. */
    private static void check(Path policy) throws IOException {
        try {
            new AccessPolicy(policy);
        } catch (SecurityException e) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    policy.toString(),
                    0,
                    "policy",
                    "not a valid Jolokia policy",
                    "correct it, or use the file shipped with the loader")));
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IllegalStateException javaEnds) {
            // The server cannot remove its shutdown hook while the JVM shuts down; the hook itself stops the server.
            LOG.debug("JMX by HTTP is stopped by its shutdown hook");
        }
    }
}
