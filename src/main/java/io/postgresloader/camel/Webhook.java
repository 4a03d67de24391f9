package io.postgresloader.camel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Posts events to other programs by HTTP, for routes that users add. No message holds a token or what was posted. */
public final class Webhook {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String FILE = "_FILE";

    private final Map<String, String> environment;
    private final Map<String, String> last = new ConcurrentHashMap<>();

    /** @param environment the variables of the process, in which tokens are */
    public Webhook(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Posts an event, unless it is the last one that was posted to the address. An event that is not accepted counts as not
     * posted.
     *
     * @param key identifies the event
     * @param json the event
     * @param url the address
     * @param tokenVariable the environment variable with a bearer token; with {@code _FILE}, it names a file that contains
     *     one, which is read for each event
     * @throws IOException if the address does not accept the event; the message names the address and the status
     */
    public void postOnce(String key, String json, String url, String tokenVariable)
            throws IOException, InterruptedException {
        if (key.equals(last.get(url))) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token(tokenVariable))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<Void> response = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .build()
                .send(request, HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(url + " answered with status " + response.statusCode() + " instead of 2xx");
        }
        last.put(url, key);
    }

    private String token(String variable) throws IOException {
        String file = environment.get(variable + FILE);
        if (file != null) {
            return Files.readString(Path.of(file)).strip();
        }
        String token = environment.get(variable);
        if (token == null) {
            throw new IOException("no token for the webhook; set " + variable + " or " + variable + FILE);
        }
        return token;
    }
}
