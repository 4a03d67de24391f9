package io.postgresloader.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that the pages load. All are in the jar: nothing is fetched from elsewhere. */
public final class Assets {
    private static final String OURS = "/io/postgresloader/page/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final int TAG_BYTES = 8;

    private Assets() {}

    /**
     * A file.
     *
     * @param type the media type
     * @param content not copied
     * @param tag the same for the same content, quoted as HTTP wants it
     */
    public record Asset(String type, byte[] content, String tag) {}

    /** All files, by the names that pages ask for. */
    public static Map<String, Asset> all() {
        Map<String, Asset> files = new LinkedHashMap<>();
        files.put("page.css", asset("text/css; charset=utf-8", OURS + "page.css"));
        files.put("page.js", asset("text/javascript; charset=utf-8", OURS + "page.js"));
        files.put("icon.svg", asset("image/svg+xml", OURS + "icon.svg"));
        files.put("uplot.css", asset("text/css; charset=utf-8", UPLOT + "uPlot.min.css"));
        files.put("uplot.js", asset("text/javascript; charset=utf-8", UPLOT + "uPlot.iife.min.js"));
        return Map.copyOf(files);
    }

    private static Asset asset(String type, String resource) {
        try (InputStream file = Assets.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            byte[] content = file.readAllBytes();
            return new Asset(type, content, tag(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The start of a checksum. */
    static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
