package io.postgresloader.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One connection through a {@link TcpProxy}. */
final class ProxyLink {
    private static final long POLL_MILLIS = 20;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private final TcpProxy.Filter filter;
    private volatile boolean deaf;

    ProxyLink(TcpProxy proxy, Socket client, Socket server, TcpProxy.Filter filter) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        this.filter = filter;
    }

    void start() {
        start(() -> forward(client, server, false));
        start(() -> forward(server, client, true));
    }

    void cut() {
        close(client);
        close(server);
    }

    static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void forward(Socket from, Socket to, boolean answer) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitWhile(TcpProxy.State.STALLED);
                deaf |= proxy.state() == TcpProxy.State.LOSING;
                if (deaf) {
                    continue;
                }
                if (!passes(buffer, read, answer)) {
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException cut) {
            close(from);
        } finally {
            // Word of the end gets through no sooner than anything else.
            awaitWhile(TcpProxy.State.LOSING);
            awaitWhile(TcpProxy.State.STALLED);
            cut();
            proxy.ended(this);
        }
    }

    private boolean passes(byte[] bytes, int length, boolean answer) {
        if (!answer) {
            return filter.request(bytes, length);
        }
        pause(proxy.delayMillis());
        return proxy.spend(length) && filter.answer(bytes, length);
    }

    private void awaitWhile(TcpProxy.State state) {
        while (proxy.state() == state) {
            pause(POLL_MILLIS);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("a socket cannot be closed", e);
        }
    }
}
