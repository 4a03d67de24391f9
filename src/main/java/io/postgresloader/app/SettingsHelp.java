package io.postgresloader.app;

import io.postgresloader.config.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The output of {@code --help-settings}: all settings with their defaults. */
final class SettingsHelp {
    private SettingsHelp() {}

    static String text(CommandLine line) {
        Help help = line.getHelp();
        Map<String, String> settings = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            settings.put(setting.variable(), description(setting));
        }
        return help.createHeading("Settings as environment variables. In the settings file, SOURCE_URL is source.url,"
                        + "%nLOADER_PAGE_ROWS is loader.page_rows, and so on. URLs, users, passwords and the"
                        + "%nschema can also be read from a file named by ..._FILE:%n")
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
