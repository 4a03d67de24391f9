package io.postgresloader.target;

import io.postgresloader.config.settings.Tls;
import io.postgresloader.config.settings.TlsMode;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** The TLS properties of PostgreSQL's driver. */
final class TargetTls {
    private TargetTls() {}

    /** The driver's properties; none where the URL decides. */
    static Map<String, String> properties(Tls tls) {
        Map<String, String> properties = new HashMap<>();
        tls.mode().ifPresent(mode -> properties.put("sslmode", mode.text()));
        tls.ca()
                .ifPresent(
                        ca -> properties.put("sslrootcert", ca.toAbsolutePath().toString()));
        if (tls.mode().filter(TlsMode::verifies).isPresent() && tls.ca().isEmpty()) {
            // By itself the driver would look for a file in the user's home.
            properties.put("sslfactory", DefaultJavaSSLFactory.class.getName());
        }
        return properties;
    }
}
