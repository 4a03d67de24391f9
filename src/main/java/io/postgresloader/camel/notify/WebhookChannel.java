package io.postgresloader.camel.notify;

import io.postgresloader.config.settings.NotifySettings;
import io.postgresloader.tracking.Outbox.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.camel.Body;

/**
 * Bean {@code webhookChannel}: posts a message to the webhook. Certificates and host names are verified, and redirects are
 * not followed.
 */
public final class WebhookChannel {
    /** Shorter than the time that the loader has to stop. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Request timeout, too early, too many requests: the receiver asks for another attempt. */
    private static final Set<Integer> COME_BACK = Set.of(408, 425, 429);

    private final Optional<NotifySettings.Webhook> settings;
    private HttpClient client;

    public WebhookChannel(Optional<NotifySettings.Webhook> settings) {
        this.settings = settings;
    }

    /** @throws UndeliveredException if the webhook does not answer with 2xx within five seconds */
    public void post(@Body Delivery delivery) throws UndeliveredException, InterruptedException {
        NotifySettings.Webhook webhook =
                settings.orElseThrow(() -> new UndeliveredException("notify.webhook.url is not set", false));
        int status = send(request(webhook, delivery));
        if (status / 100 != 2) {
            throw new UndeliveredException(
                    "it answered with status " + status + " instead of 2xx",
                    status / 100 == 4 && !COME_BACK.contains(status));
        }
    }

    private static HttpRequest request(NotifySettings.Webhook webhook, Delivery delivery) throws UndeliveredException {
        try {
            return HttpRequest.newBuilder(URI.create(webhook.urlNow()))
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("X-Message-Id", delivery.messageId())
                    .POST(HttpRequest.BodyPublishers.ofString(
                            MessageShape.of(webhook.shape()).json(delivery)))
                    .build();
        } catch (IllegalArgumentException e) {
            // Its text is the address.
            throw new UndeliveredException("the file of NOTIFY_WEBHOOK_URL_FILE has no URL of the web", false);
        }
    }

    /** The limit is for the whole exchange: the time-out of a request ends with the headers of its answer. */
    private int send(HttpRequest request) throws UndeliveredException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client().sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw new UndeliveredException("it did not answer within " + LIMIT.toSeconds() + " s", false);
        } catch (ExecutionException e) {
            throw new UndeliveredException(
                    e.getCause() instanceof SSLException
                            ? "no TLS connection: its certificate is not trusted, or not for this host"
                            : "no connection",
                    false);
        } finally {
            answer.cancel(true);
        }
    }

    /** Made when it is first used: it starts threads. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        }
        return client;
    }
}
