package io.postgresloader.camel.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A mail server for one connection, which takes a while for each of its answers. It has no certificate. */
final class SlowMailServer implements AutoCloseable {
    /** The first byte of a TLS handshake. */
    private static final int HANDSHAKE = 22;

    private final ServerSocket listener;
    private final Thread thread = new Thread(this::serve, "slow-mail-server");
    private volatile long pauseMillis;
    private volatile String farewell = "answers 221";
    private volatile int taken;
    private volatile boolean tls;

    SlowMailServer() {
        try {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    void pause(Duration pause) {
        pauseMillis = pause.toMillis();
    }

    /** What it does when the client says QUIT: answers with a code, closes, is silent. */
    void farewell(String what) {
        farewell = what;
    }

    /** How many mails it took. */
    int taken() {
        return taken;
    }

    boolean sawTls() {
        return tls;
    }

    void awaitEnd() throws InterruptedException {
        thread.join(20_000);
    }

    private void serve() {
        try (Socket client = listener.accept()) {
            talk(client.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // The client left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk(InputStream in, OutputStream out) throws IOException, InterruptedException {
        answer(out, "220 ready");
        for (String line = line(in); line != null; line = line(in)) {
            switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
                case "EHLO" -> answer(out, "250-here\r\n250 STARTTLS");
                case "STARTTLS" -> answer(out, "220 go on");
                case "DATA" -> {
                    answer(out, "354 go on");
                    skipMail(in);
                    answer(out, "250 taken");
                    taken++;
                }
                case "QUIT" -> {
                    if (farewell.startsWith("answers")) {
                        answer(out, farewell.substring("answers ".length()) + " bye");
                    } else if (farewell.equals("is silent")) {
                        Thread.sleep(3_000);
                    }
                    return;
                }
                default -> answer(out, "250 fine");
            }
        }
    }

    private void skipMail(InputStream in) throws IOException {
        String line = line(in);
        while (line != null && !line.equals(".")) {
            line = line(in);
        }
        if (line == null) {
            throw new IOException("the mail has no end");
        }
    }

    private void answer(OutputStream out, String text) throws IOException, InterruptedException {
        Thread.sleep(pauseMillis);
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The next line; null at the end, and where TLS begins. */
    private String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == HANDSHAKE) {
                tls = true;
            }
            if (next < 0 || next == HANDSHAKE) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        listener.close();
    }
}
