package io.postgresloader.camel.notify;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.config.tables.Catalog;
import io.postgresloader.database.Logins;
import io.postgresloader.database.Source;
import io.postgresloader.database.Warehouse;
import io.postgresloader.monitor.TimedCache;
import io.postgresloader.monitor.change.ChangeWatch;
import io.postgresloader.tracking.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The beans of the routes {@code watch-changes} and {@code notify}. */
public final class NotifyBeans {
    private static final int VALIDITY_SECONDS = 2;

    private NotifyBeans() {}

    /**
     * By name.
     *
     * @param stopping whether the loader stops
     */
    public static Map<String, Object> of(
            NotifySettings settings,
            Source source,
            Warehouse warehouse,
            Supplier<Catalog> catalog,
            BooleanSupplier stopping) {
        TimedCache<Boolean> answers = new TimedCache<>(() -> isValid(source), Duration.ZERO);
        ChangeWatch watch = new ChangeWatch(settings, warehouse, catalog, () -> silence(answers, source));
        return Map.of(
                "changes",
                new ChangeSteps(watch, settings.on() ? settings.channels() : List.of()),
                "outbox",
                new OutboxSteps(new Outbox(warehouse), settings.period(), stopping),
                "webhookChannel",
                new WebhookChannel(settings.webhook()),
                "mailChannel",
                new MailChannel(settings.mail()));
    }

    /** Why the source does not answer; empty: it does. */
    private static Optional<String> silence(TimedCache<Boolean> answers, Source source) {
        if (answers.value().orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(
                Logins.refused(source.dataSource())
                        ? "its login is refused; check SOURCE_USER and SOURCE_PASSWORD"
                        : "it does not answer; tables are loaded again when it does");
    }

    private static boolean isValid(Source source) {
        try (Connection connection = source.dataSource().getConnection()) {
            return connection.isValid(VALIDITY_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
