package io.postgresloader.doctor;

import io.postgresloader.config.settings.Settings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import java.util.List;
import java.util.Optional;

/**
 * What the checks examine.
 *
 * @param settings the settings
 * @param passwordFiles the files that the passwords are read from
 * @param catalog the table list
 * @param tables the tables to examine, a part of the list
 * @param source the source
 * @param sourceSilence why the source cannot be used; empty: it can
 * @param warehouse the target
 * @param targetSilence why the target cannot be used; empty: it can
 */
public record Examined(
        Settings settings,
        List<PasswordFile> passwordFiles,
        Catalog catalog,
        List<String> tables,
        Source source,
        Optional<String> sourceSilence,
        Warehouse warehouse,
        Optional<String> targetSilence) {
    public Examined {
        passwordFiles = List.copyOf(passwordFiles);
        tables = List.copyOf(tables);
    }
}
