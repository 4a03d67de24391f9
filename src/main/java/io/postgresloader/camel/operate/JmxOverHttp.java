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
     * @throws ConfigurationException when the policy is none
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

    /** Now, and not when the first request comes. */
    private static void check(Path policy) throws IOException {
        try {
            new AccessPolicy(policy);
        } catch (SecurityException e) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    policy.toString(), 0, "policy", "no policy of Jolokia", "mend it, or take the one of the loader")));
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IllegalStateException javaEnds) {
            // It wants to call off the hook that stops it when Java ends, and it is too late: the hook does it.
            LOG.debug("JMX by HTTP ends with Java");
        }
    }
}
