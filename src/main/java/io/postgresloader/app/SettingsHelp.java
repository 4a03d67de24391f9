package io.postgresloader.app;

import io.postgresloader.config.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Lists all settings at the end of {@code --help}. */
final class SettingsHelp {
    private static final String SECTION = "settings";

    private SettingsHelp() {}

    private static String description(Setting setting) {
        return setting.description()
                + setting.defaultText()
                        .filter(text -> !text.isEmpty())
                        .map(text -> " (default: " + text + ")")
                        .orElse("");
    }

    static void addTo(CommandLine line) {
        if (line.getHelpSectionKeys().contains(SECTION)) {
            return;
        }
        List<String> keys = new ArrayList<>(line.getHelpSectionKeys());
        keys.add(SECTION);
        line.setHelpSectionKeys(keys);
        line.getHelpSectionMap().put(SECTION, help -> {
            Map<String, String> settings = new LinkedHashMap<>();
            for (Setting setting : Setting.values()) {
                settings.put(setting.variable(), description(setting));
            }
            return help.createHeading("%nSettings (environment; the settings file has source.url for SOURCE_URL,"
                            + "%nloader.page_rows for LOADER_PAGE_ROWS and so on; URLs, users, passwords and"
                            + "%nthe schema also as ..._FILE, the name of a file that holds the value):%n")
                    + help.createTextTable(settings);
        });
    }
}
