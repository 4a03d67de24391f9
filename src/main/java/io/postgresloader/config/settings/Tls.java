package io.postgresloader.config.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How one connection is protected.
 *
 * @param mode empty: the mode of the URL, or else the driver's default, which is to prefer TLS
 * @param ca the PEM file with the certificates to trust, for a mode that verifies; empty: the CAs that Java trusts
 */
public record Tls(Optional<TlsMode> mode, Optional<Path> ca) {
    /** No mode is set, so the URL decides. */
    public static final Tls AS_THE_URL_SAYS = new Tls(Optional.empty(), Optional.empty());
}
