package io.postgresloader.config.settings;

import io.postgresloader.model.ChangeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Of what people are told, and how.
 *
 * @param kinds the changes that are told; empty: none
 * @param period the time between two looks for changes, and the shortest time between two attempts at a message
 * @param webhook where messages are posted; empty: nowhere
 * @param mail how messages are mailed; empty: they are not
 * @param digest when the daily digest is made; empty: never
 */
public record NotifySettings(
        Set<ChangeKind> kinds,
        Duration period,
        Optional<Webhook> webhook,
        Optional<Mail> mail,
        Optional<Digest> digest) {
    /** The channel that is always on. */
    public static final String LOG = "log";

    public static final String WEBHOOK = "webhook";
    public static final String MAIL = "mail";

    public NotifySettings {
        kinds = Set.copyOf(kinds);
    }

    /** Whether there is anything to tell. */
    public boolean on() {
        return !kinds.isEmpty() || digest.isPresent();
    }

    /** The channels that a message takes. */
    public List<String> channels() {
        return Stream.of(Optional.of(LOG), webhook.map(on -> WEBHOOK), mail.map(on -> MAIL))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * An address to which messages are posted. {@link #toString()} leaves it out: who knows the address can post.
     *
     * @param url the address at the start
     * @param file the file with the address; empty: it does not come from a file
     * @param shape {@code json}, {@code slack} or {@code teams}
     */
    public record Webhook(String url, Optional<Path> file, String shape) {
        /** The address that is valid now: the file may have changed. If it cannot be read, the one of the start. */
        public String urlNow() {
            return file.flatMap(SecretFile::read).map(String::strip).orElse(url);
        }

        @Override
        public String toString() {
            return shape;
        }
    }

    /**
     * A mail server, and who writes to whom. {@link #toString()} leaves the password out.
     *
     * @param tls {@code starttls}, {@code tls} or {@code none}
     * @param user the login name; empty: the server asks for none
     * @param password the password at the start
     * @param passwordFile the file with the password; empty: it does not come from a file
     */
    public record Mail(
            String host,
            int port,
            String tls,
            String user,
            String password,
            Optional<Path> passwordFile,
            String from,
            List<String> to) {
        public Mail {
            to = List.copyOf(to);
        }

        /** The password that is valid now: the file may have changed. If it cannot be read, the one of the start. */
        public String passwordNow() {
            return passwordFile.flatMap(SecretFile::read).orElse(password);
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** A time of the day on the wall clock of a zone. */
    public record Digest(LocalTime at, ZoneId zone) {}
}
