package io.postgresloader.camel.notify;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.tracking.Outbox.Delivery;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.Body;

/** Bean {@code mailChannel}: mails a message. All attempts at a message have one Message-ID. */
public final class MailChannel {
    /**
     * For all steps of an attempt together. After it the connection is closed, so that no attempt goes on while the next
     * one is made.
     */
    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final Optional<NotifySettings.Mail> settings;
    private final Duration limit;

    public MailChannel(Optional<NotifySettings.Mail> settings) {
        this(settings, LIMIT);
    }

    MailChannel(Optional<NotifySettings.Mail> settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
    }

    /** @throws UndeliveredException if the server does not take the mail */
    public void send(@Body Delivery delivery) throws UndeliveredException {
        NotifySettings.Mail mail =
                settings.orElseThrow(() -> new UndeliveredException("notify.mail.host is not set", false));
        try (TimedSockets sockets = new TimedSockets(limit)) {
            send(mail, delivery, sockets);
        }
    }

    private void send(NotifySettings.Mail mail, Delivery delivery, TimedSockets sockets) throws UndeliveredException {
        Session session = Session.getInstance(properties(mail, sockets));
        try {
            Transport transport = session.getTransport();
            try {
                if (mail.user().isEmpty()) {
                    transport.connect();
                } else {
                    transport.connect(mail.user(), mail.passwordNow());
                }
                MimeMessage message = message(session, mail, delivery);
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                leave(transport);
            }
        } catch (MessagingException e) {
            throw undelivered(e, sockets.areOver());
        }
    }

    /** What the server says to it is of no interest: it has taken the mail, or has said that it does not. */
    private static void leave(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // The sockets are closed anyway.
        }
    }

    private UndeliveredException undelivered(MessagingException thrown, boolean late) {
        if (late) {
            return new UndeliveredException("it did not take the mail within " + limit.toSeconds() + " s", false);
        }
        if (thrown instanceof AuthenticationFailedException) {
            return new UndeliveredException("the mail server refused the login", false);
        }
        if (thrown instanceof SendFailedException) {
            return new UndeliveredException("the mail server did not take the sender, a recipient or the mail", true);
        }
        // Its text quotes what the server said.
        return new UndeliveredException("the mail server cannot be used, or TLS to it failed", false);
    }

    private static Properties properties(NotifySettings.Mail mail, TimedSockets sockets) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", mail.host());
        properties.put("mail.smtp.port", String.valueOf(mail.port()));
        properties.put("mail.smtp.from", mail.from());
        properties.put("mail.smtp.auth", String.valueOf(!mail.user().isEmpty()));
        properties.put("mail.smtp.socketFactory", sockets);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT_LIMIT.toMillis()));
        properties.put("mail.smtp.quitwait", "false");
        boolean starttls = mail.tls().equals("starttls");
        properties.put("mail.smtp.starttls.enable", String.valueOf(starttls));
        properties.put("mail.smtp.starttls.required", String.valueOf(starttls));
        properties.put("mail.smtp.ssl.enable", String.valueOf(mail.tls().equals("tls")));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    private static MimeMessage message(Session session, NotifySettings.Mail mail, Delivery delivery)
            throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + delivery.messageId() + "@postgres-loader>");
            }
        };
        message.setFrom(new InternetAddress(mail.from()));
        message.setRecipients(Message.RecipientType.TO, String.join(",", mail.to()));
        message.setSubject(delivery.message().title(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(delivery.message().at()));
        // Absence notes do not answer it.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(text(delivery), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private static String text(Delivery delivery) {
        String counts = delivery.message().counts().entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue() + "\n")
                .collect(Collectors.joining());
        return delivery.text() + "\n\n" + counts + "at: " + delivery.message().at() + "\nid: " + delivery.messageId()
                + "\n";
    }
}
