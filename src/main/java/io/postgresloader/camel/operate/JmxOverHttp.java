package io.postgresloader.camel.operate;

import io.postgresloader.config.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jolokia.jvmagent.JolokiaServer;
import org.jolokia.jvmagent.JolokiaServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JMX by HTTP, for Hawtio and curl, under a policy that denies what it does not name. */
public final class JmxOverHttp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JmxOverHttp.class);

    private final JolokiaServer server;

    private JmxOverHttp(JolokiaServer server) {
        this.server = server;
    }

    /**
     * Starts to answer.
     *
     * @throws IOException when the address is not to be had
     */
    public static JmxOverHttp start(Settings.Jolokia settings) throws IOException {
        Map<String, String> options = new HashMap<>();
        options.put("host", settings.host());
        options.put("port", String.valueOf(settings.port()));
        options.put("policyLocation", settings.policy().toAbsolutePath().toUri().toString());
        options.put("discoveryEnabled", "false");
        options.put("agentId", "postgres-loader");
        // Exceptions quote what they were about.
        options.put("includeStackTrace", "false");
        options.put("serializeException", "false");
        // It would write to standard output.
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

    @Override
    public void close() {
        server.stop();
    }
}
