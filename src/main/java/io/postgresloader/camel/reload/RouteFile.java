package io.postgresloader.camel.reload;

import java.nio.file.Path;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file as it was read once: what is checked is what is used afterwards.
 *
 * @param path where it was read
 * @param text all that it held
 */
public record RouteFile(Path path, String text) {
    String name() {
        return path.getFileName().toString();
    }

    Resource resource() {
        return ResourceHelper.fromString("file:" + path.toAbsolutePath(), text);
    }
}
