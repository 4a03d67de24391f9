package io.postgresloader.config.settings;

import io.postgresloader.config.ConfigurationException;
import io.postgresloader.config.ConfigurationProblem;
import io.postgresloader.config.Nearest;
import io.postgresloader.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code application.properties}; an environment variable overrides the property. */
public final class SettingsReader {
    private static final String CAMEL = "camel.";

    private final Path file;
    private final Problems problems = new Problems();
    private final EnvironmentValues environment;
    private final Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    private final Map<String, String> camel = new LinkedHashMap<>();

    private SettingsReader(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = new EnvironmentValues(environment, problems);
    }

    /**
     * Reads and checks all settings. No message shows a password or a URL.
     *
     * @param file may be absent if the environment sets every required setting
     * @param environment variables by name; those of other programs are ignored
     * @throws ConfigurationException with all problems
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        return new SettingsReader(file, environment).read();
    }

    private Configuration read() {
        boolean readAll = Files.exists(file) ? readFile() : mayBeAbsent();
        environment.reportMistyped();
        Arrays.stream(Setting.values()).forEach(setting -> complete(setting, readAll));
        Settings settings = settings(new SettingValues(values, problems));
        problems.throwIfAny();
        return new Configuration(settings, camel);
    }

    private boolean mayBeAbsent() {
        String missing = Arrays.stream(Setting.values())
                .filter(s -> s.required() && !environment.gives(s))
                .map(Setting::variable)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            String allowed = "create it, or set " + missing + " in the environment";
            problems.add(new ConfigurationProblem(file.toString(), 0, "file", "no such file", allowed));
        }
        return missing.isEmpty();
    }

    private boolean readFile() {
        Optional<Map<String, PropertiesFile.Entry>> entries = PropertiesFile.read(file, problems);
        entries.ifPresent(read -> read.forEach(this::take));
        return entries.isPresent();
    }

    private void take(String name, PropertiesFile.Entry entry) {
        Optional<Setting> setting = Setting.ofProperty(name);
        if (setting.isPresent()) {
            values.put(setting.get(), value(setting.get(), entry));
        } else if (name.startsWith(CAMEL)) {
            camel.put(name, entry.text());
        } else {
            unknown(name, entry.line());
        }
    }

    private SettingValue value(Setting setting, PropertiesFile.Entry entry) {
        return new SettingValue(setting, entry.text(), file.toString(), entry.line(), setting.property());
    }

    private void unknown(String name, int line) {
        String allowed = Nearest.hint(name, Setting.properties()) + ", and names that begin with " + CAMEL;
        problems.add(new ConfigurationProblem(file.toString(), line, name, "unknown property", allowed));
    }

    /** The environment overrides the file, and the file the default. A required setting has no default. */
    private void complete(Setting setting, boolean readAll) {
        environment.find(setting).ifPresent(value -> values.put(setting, value));
        setting.defaultText().ifPresent(text -> values.putIfAbsent(setting, byDefault(setting, text)));
        SettingValue value = values.get(setting);
        if (setting.required() && value != null && value.text().isBlank()) {
            value.problem("no value", "set a value", problems);
        } else if (setting.required() && value == null && readAll && !environment.gives(setting)) {
            String allowed = "set a value here, or set " + setting.variable() + " in the environment";
            problems.add(new ConfigurationProblem(file.toString(), 0, setting.property(), "no value", allowed));
        }
    }

    private static SettingValue byDefault(Setting setting, String text) {
        return new SettingValue(setting, text, "default", 0, setting.property());
    }

    private Settings settings(SettingValues values) {
        return new Settings(
                new Settings.Connection(
                        values.url(Setting.SOURCE_URL, UrlRules::checkSource),
                        values.text(Setting.SOURCE_USER),
                        values.password(Setting.SOURCE_PASSWORD),
                        values.tls(TlsRules.SOURCE),
                        values.choice(Setting.SOURCE_COMPRESSION, "on", "off").equals("on"),
                        environment.file(Setting.SOURCE_USER),
                        environment.file(Setting.SOURCE_PASSWORD)),
                new Settings.Connection(
                        values.url(Setting.TARGET_URL, UrlRules::checkTarget),
                        values.text(Setting.TARGET_USER),
                        values.password(Setting.TARGET_PASSWORD),
                        values.tls(TlsRules.TARGET),
                        false,
                        environment.file(Setting.TARGET_USER),
                        environment.file(Setting.TARGET_PASSWORD)),
                values.schema(Setting.TARGET_SCHEMA),
                values.zone(Setting.SOURCE_TIME_ZONE),
                files(values),
                loading(values),
                values.durationOrOff(Setting.TRACKING_RETENTION),
                values.words(Setting.ANALYZE_EXCLUDE),
                values.choice(Setting.LOG_FORMAT, "text", "json").equals("json"),
                new Settings.Management(
                        values.host(Setting.MANAGEMENT_HOST),
                        values.integer(Setting.MANAGEMENT_PORT),
                        values.choice(Setting.MANAGEMENT_DEAD_LETTER_KEYS, "on", "off")
                                .equals("on"),
                        values.integer(Setting.HEALTH_ACCEPTED_DEAD_LETTERS)),
                jolokia(values),
                new NotifyRules(values, environment).read());
    }

    private static Settings.Files files(SettingValues values) {
        return new Settings.Files(
                values.path(Setting.TABLES_FILE),
                values.path(Setting.ROUTES_DIR),
                values.choice(Setting.LOADER_RELOAD, "on", "off").equals("on"));
    }

    private static Settings.Loading loading(SettingValues values) {
        return new Settings.Loading(
                values.integer(Setting.LOADER_WORKERS),
                values.integer(Setting.LOADER_PAGE_ROWS),
                values.bytes(Setting.LOADER_PAGE_BYTES),
                memory(values),
                values.choice(Setting.SOURCE_PACKETS, "on", "off").equals("on"),
                values.bytes(Setting.SOURCE_SCAN_LIMIT),
                values.integer(Setting.LOADER_BATCH_ROWS),
                values.integer(Setting.LOADER_RETRIES),
                Duration.ofSeconds(values.integer(Setting.LOADER_NETWORK_TIMEOUT)),
                values.integer(Setting.ADOPT_MAX_REWRITE));
    }

    private static long memory(SettingValues values) {
        return values.text(Setting.LOADER_MEMORY).isEmpty()
                ? Runtime.getRuntime().maxMemory() / 3
                : values.bytes(Setting.LOADER_MEMORY);
    }

    private static Settings.Jolokia jolokia(SettingValues values) {
        Settings.Jolokia jolokia = new Settings.Jolokia(
                values.host(Setting.JOLOKIA_HOST),
                values.integer(Setting.JOLOKIA_PORT),
                values.text(Setting.JOLOKIA_USER),
                values.password(Setting.JOLOKIA_PASSWORD),
                values.path(Setting.JOLOKIA_POLICY));
        values.requireGuards(jolokia);
        return jolokia;
    }
}
