package io.postgresloader.camel.reload;

import java.nio.charset.StandardCharsets;
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
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NO_UTF_8 = "\uFFFD";

    static RouteFile of(Path path, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new RouteFile(path, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    String name() {
        return path.getFileName().toString();
    }

    /** @throws RouteProblem when there are bytes that are not UTF-8 */
    void requireText() throws RouteProblem {
        int at = text.indexOf(NO_UTF_8);
        if (at >= 0) {
            int line = 1
                    + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
            throw new RouteProblem(name(), line, "bytes that are not UTF-8; save the file as UTF-8");
        }
    }

    Resource resource() {
        return ResourceHelper.fromString("file:" + path.toAbsolutePath(), text);
    }
}
