package io.postgresloader.config;

import java.nio.file.*;
import java.util.*;

public final class SettingsReader {
    private SettingsReader() {}

    public static Configuration read(Path f, Map<String, String> e) {
        return new Configuration(
                new Settings(
                        new Settings.Connection(
                                e.get("SOURCE_URL"), e.get("SOURCE_USER"), e.getOrDefault("SOURCE_PASSWORD", "")),
                        new Settings.Connection(
                                e.get("TARGET_URL"), e.get("TARGET_USER"), e.getOrDefault("TARGET_PASSWORD", "")),
                        "raw",
                        Optional.empty(),
                        Path.of(e.get("TABLES_FILE")),
                        Path.of("routes"),
                        2,
                        Integer.parseInt(e.getOrDefault("LOADER_PAGE_ROWS", "200000")),
                        16 << 20,
                        20000,
                        5),
                Map.of());
    }
}
