package io.postgresloader.camel.reload;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file and its text. The text is read once, so that the text that was checked is the text that runs.
 *
 * @param path of the file
 * @param text the whole content, without a byte order mark
 */
public record RouteFile(Path path, String text) {
    /** Editors and Camel's command line know a route file by the first one; the second one is read as well. */
    static final List<String> ENDINGS = List.of(".camel.yaml", ".yaml");

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String NO_UTF_8 = "\uFFFD";

    static RouteFile of(Path path, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new RouteFile(path, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    /** The name of the file with its ending, as messages show it. */
    String name() {
        return path.getFileName().toString();
    }

    /** The name without {@link #ENDINGS its ending}: the id of the route in it. */
    String id() {
        return ENDINGS.stream()
                .filter(name()::endsWith)
                .findFirst()
                .map(ending -> name().substring(0, name().length() - ending.length()))
                .orElse(name());
    }

    /** @throws RouteProblem when the file is not valid UTF-8 */
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
