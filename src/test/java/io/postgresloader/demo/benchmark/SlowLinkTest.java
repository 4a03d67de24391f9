package io.postgresloader.demo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a server that sends everything back, and ends when its client does. */
@Timeout(60)
class SlowLinkTest {
    /** So long nothing comes only when nothing will. */
    private static final int SILENCE_MILLIS = 20_000;

    private ServerSocket server;
    private SlowLink link;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        link = new SlowLink(server.getLocalPort());
        SlowLink.start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void everyByteArrivesInItsPlace() throws Exception {
        byte[] sent = new byte[1_000_003];
        new Random(7).nextBytes(sent);
        link.set(2, 400);
        try (Socket client = connect()) {
            CompletableFuture<byte[]> back = CompletableFuture.supplyAsync(() -> read(client, sent.length));
            client.getOutputStream().write(sent);

            assertThat(back.get()).isEqualTo(sent);
        }
    }

    @Test
    void anAnswerToAShortRequestIsNotHeldBack() throws Exception {
        try (Socket client = connect()) {
            for (int request = 0; request < 100; request++) {
                client.getOutputStream().write(request);
                assertThat(client.getInputStream().read()).isEqualTo(request);
            }
        }
    }

    @Test
    void whenTheLinkIsClosedBothEndsLearnIt() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);

            link.close();

            assertThat(ended(client)).isTrue();
        }
    }

    @Test
    void anEndOfTheServerIsAnEndForTheClient() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(0xff);

            assertThat(ended(client)).isTrue();
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port());
        client.setSoTimeout(SILENCE_MILLIS);
        return client;
    }

    private static boolean ended(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static byte[] read(Socket client, int length) {
        try {
            return client.getInputStream().readNBytes(length);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A piece that is the one byte 255 ends the server. */
    private void serve() {
        byte[] buffer = new byte[5_000];
        try (Socket client = server.accept();
                InputStream in = client.getInputStream()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                if (read == 1 && buffer[0] == (byte) 0xff) {
                    return;
                }
                client.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The test has ended.
            return;
        }
    }
}
