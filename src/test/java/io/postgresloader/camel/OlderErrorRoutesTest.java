package io.postgresloader.camel;

import io.postgresloader.testing.OlderRouteFiles;
import java.nio.file.Path;

/** The files {@code errors} and {@code load-failed} of version 0.1.0 do the same among the new routes. */
class OlderErrorRoutesTest extends LoadTableRouteTest {
    @Override
    Path file(String route) {
        return OlderRouteFiles.usable().contains(route) ? OlderRouteFiles.file(route) : super.file(route);
    }
}
