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
 * The policy file, with one rule more: pages that the file does not name get nothing, even with the login that a browser
 * keeps and sends along for them. Jolokia asks that of pages only together with programs, which send no origin at all.
 */
public final class AccessPolicy extends PolicyRestrictor {
    /** Called by Jolokia. */
    public AccessPolicy(Configuration configuration) throws IOException {
        this(Path.of(URI.create(configuration.getConfig(ConfigKey.POLICY_LOCATION))));
    }

    /** @throws SecurityException when the file is no policy */
    AccessPolicy(Path file) throws IOException {
        super(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return super.isOriginAllowed(origin, false);
    }
}
