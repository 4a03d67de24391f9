package io.postgresloader.camel.operate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.Configuration;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;

/**
 * The policy file, with one additional rule: a web page whose origin the file does not name is denied, even if the browser
 * sends a stored login. Jolokia's strict check would also deny programs, which send no origin.
 */
public final class AccessPolicy extends PolicyRestrictor {
    /** Called by Jolokia. */
    public AccessPolicy(Configuration configuration) throws IOException {
        this(Path.of(URI.create(configuration.getConfig(ConfigKey.POLICY_LOCATION))));
    }

    /** @throws SecurityException when the file is not a valid policy */
    AccessPolicy(Path file) throws IOException {
        super(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return super.isOriginAllowed(origin, false);
    }
}
