package io.postgresloader.app;

import io.postgresloader.config.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** What {@code --help-settings} shows: all settings, with their defaults. */
final class SettingsHelp {
    private SettingsHelp() {}

    static String text(CommandLine line) {
        Help help = line.getHelp();
        Map<String, String> settings = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            settings.put(setting.variable(), description(setting));
        }
        return help.createHeading("Settings (environment; the settings file has source.url for SOURCE_URL,"
                        + "%nloader.page_rows for LOADER_PAGE_ROWS and so on; URLs, users, passwords and"
                        + "%nthe schema also as ..._FILE, the name of a file that holds the value):%n")
                + help.createTextTable(settings);
    }

    private static String description(Setting setting) {
        return setting.description()
                + setting.defaultText()
                        .filter(text -> !text.isEmpty())
                        .map(text -> " (default: " + text + ")")
                        .orElse("");
    }
}
