package io.postgresloader.config.settings;

import io.postgresloader.model.ChangeKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and checks the settings {@code notify.*}. No message shows the address of a webhook, which is a secret. */
final class NotifyRules {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,<>]+@[^\\s@,<>]+");
    private static final String ALL = "all";
    private static final String NONE = "none";

    private final SettingValues values;
    private final EnvironmentValues environment;

    NotifyRules(SettingValues values, EnvironmentValues environment) {
        this.values = values;
        this.environment = environment;
    }

    NotifySettings read() {
        return new NotifySettings(
                kinds(), Duration.ofSeconds(values.integer(Setting.NOTIFY_PERIOD)), webhook(), mail(), digest());
    }

    private Set<ChangeKind> kinds() {
        List<String> words = values.words(Setting.NOTIFY_KINDS);
        if (words.equals(List.of(ALL))) {
            return EnumSet.allOf(ChangeKind.class);
        }
        Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
        if (words.equals(List.of(NONE))) {
            return kinds;
        }
        words.forEach(word -> ChangeKind.ofWord(word).ifPresentOrElse(kinds::add, () -> noKind(word)));
        if (words.isEmpty()) {
            noKind("");
        }
        return kinds;
    }

    private void noKind(String word) {
        String allowed =
                Arrays.stream(ChangeKind.values()).map(ChangeKind::word).collect(Collectors.joining(", "));
        values.problem(
                Setting.NOTIFY_KINDS,
                "'" + word + "' is not a kind of change",
                "expected " + ALL + ", " + NONE + ", or some of: " + allowed);
    }

    private Optional<NotifySettings.Webhook> webhook() {
        String shape = values.choice(Setting.NOTIFY_WEBHOOK_SHAPE, "json", "slack", "teams");
        String url = values.text(Setting.NOTIFY_WEBHOOK_URL);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!isAddress(url)) {
            values.problem(
                    Setting.NOTIFY_WEBHOOK_URL,
                    "not a URL of the web (not shown)",
                    "expected https://HOST/PATH, or http:// inside a network that you trust");
        }
        return Optional.of(new NotifySettings.Webhook(url, environment.file(Setting.NOTIFY_WEBHOOK_URL), shape));
    }

    /** Whether messages can be posted to it. */
    private static boolean isAddress(String url) {
        try {
            URI uri = new URI(url);
            return Set.of("http", "https")
                            .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Optional<NotifySettings.Mail> mail() {
        String tls = values.choice(Setting.NOTIFY_MAIL_TLS, "starttls", "tls", "none");
        int port = values.integer(Setting.NOTIFY_MAIL_PORT);
        if (values.text(Setting.NOTIFY_MAIL_HOST).isEmpty()) {
            return Optional.empty();
        }
        String user = values.text(Setting.NOTIFY_MAIL_USER);
        String password = values.password(Setting.NOTIFY_MAIL_PASSWORD);
        if (user.isEmpty() != password.isEmpty()) {
            values.problem(
                    Setting.NOTIFY_MAIL_USER,
                    user.isEmpty() ? "a password without a user" : "a user without a password",
                    "set both notify.mail.user and NOTIFY_MAIL_PASSWORD, or neither");
        }
        List<String> from = addresses(Setting.NOTIFY_MAIL_FROM);
        if (from.size() > 1) {
            values.problem(Setting.NOTIFY_MAIL_FROM, from.size() + " addresses", "name one");
        }
        return Optional.of(new NotifySettings.Mail(
                values.host(Setting.NOTIFY_MAIL_HOST),
                port,
                tls,
                user,
                password,
                environment.file(Setting.NOTIFY_MAIL_PASSWORD),
                String.join("", from),
                addresses(Setting.NOTIFY_MAIL_TO)));
    }

    private List<String> addresses(Setting setting) {
        List<String> addresses = values.words(setting);
        if (addresses.isEmpty()) {
            values.problem(
                    Setting.NOTIFY_MAIL_HOST,
                    "a mail server without " + setting.property(),
                    "set " + setting.property() + ", such as etl@example.com");
        }
        addresses.stream()
                .filter(address -> !ADDRESS.matcher(address).matches())
                .forEach(address -> values.problem(
                        setting, "'" + address + "' is not a mail address", "expected such as etl@example.com"));
        return addresses;
    }

    private Optional<NotifySettings.Digest> digest() {
        List<String> words = values.words(Setting.NOTIFY_DIGEST_AT);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (words.size() == 2) {
                return Optional.of(new NotifySettings.Digest(LocalTime.parse(words.get(0)), ZoneId.of(words.get(1))));
            }
        } catch (DateTimeException e) {
            // Reported below.
        }
        values.problem(
                Setting.NOTIFY_DIGEST_AT,
                "'" + values.text(Setting.NOTIFY_DIGEST_AT) + "' is not a time of the day with its zone",
                "expected such as 07:00 America/Chicago");
        return Optional.empty();
    }
}
