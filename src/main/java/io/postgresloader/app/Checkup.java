package io.postgresloader.app;

import io.postgresloader.config.settings.Setting;
import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.doctor.Doctor;
import io.postgresloader.doctor.Examined;
import io.postgresloader.doctor.Finding;
import io.postgresloader.doctor.Level;
import io.postgresloader.doctor.PasswordFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks of {@code doctor}, as commands run them. */
final class Checkup {
    private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);

    private final Settings settings;
    private final List<PasswordFile> passwordFiles;

    /** @param file the settings file, which need not exist */
    Checkup(Settings settings, Path file, Map<String, String> environment) {
        this(settings, passwordFiles(file, environment));
    }

    private Checkup(Settings settings, List<PasswordFile> passwordFiles) {
        this.settings = settings;
        this.passwordFiles = passwordFiles;
    }

    /** The checks without those of files with passwords, for one who does not know where these are. */
    static Checkup withoutFiles(Settings settings) {
        return new Checkup(settings, List.of());
    }

    /** Everything that the checks find. A database that is not available is a finding. */
    List<Finding> examine(Catalog catalog, List<String> tables, Databases databases) {
        return Doctor.examine(new Examined(
                settings,
                passwordFiles,
                catalog,
                tables,
                databases.source(),
                databases.sourceSilence(),
                databases.warehouse(),
                databases.targetSilence()));
    }

    /** What needs attention, each in one line. */
    List<String> notOk(Catalog catalog, Databases databases) {
        return examine(catalog, List.copyOf(catalog.tables().keySet()), databases).stream()
                .filter(finding -> finding.level() != Level.OK)
                .map(FindingsText::line)
                .toList();
    }

    /** Logs the faults of all tables. A checkup that fails is no reason not to load. */
    void logFaults(Session session) {
        try {
            Catalog catalog = session.catalog();
            examine(catalog, List.copyOf(catalog.tables().keySet()), session.databases()).stream()
                    .filter(finding -> finding.level() == Level.FAULT)
                    .forEach(finding -> LOG.error("{}", FindingsText.line(finding)));
        } catch (RuntimeException e) {
            LOG.warn("The checks of doctor could not be run: {}", e.getClass().getSimpleName());
        }
    }

    /** The files that variables name, and the settings file if it has a password. */
    static List<PasswordFile> passwordFiles(Path file, Map<String, String> environment) {
        List<PasswordFile> found = new ArrayList<>();
        secrets().forEach(setting -> setting.fileVariable()
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .ifPresent(variable -> found.add(new PasswordFile(
                        variable, Path.of(environment.get(variable).strip())))));
        Properties properties = properties(file);
        secrets().stream()
                .filter(setting ->
                        !properties.getProperty(setting.property(), "").isBlank())
                .findFirst()
                .ifPresent(setting -> found.add(new PasswordFile(setting.property(), file)));
        return found;
    }

    private static List<Setting> secrets() {
        return Arrays.stream(Setting.values()).filter(Setting::secret).toList();
    }

    private static Properties properties(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }
}
