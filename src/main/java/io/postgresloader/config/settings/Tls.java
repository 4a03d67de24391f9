package io.postgresloader.config.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How one connection is protected.
 *
 * @param mode empty: what the URL says, or else the driver's own, which is to prefer TLS
 * @param ca the PEM file with the certificates to trust, for a mode that verifies; empty: those that Java trusts
 */
public record Tls(Optional<TlsMode> mode, Optional<Path> ca) {
    /** Nothing is set, so that the URL decides. */
    public static final Tls AS_THE_URL_SAYS = new Tls(Optional.empty(), Optional.empty());
}
