package io.postgresloader.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on loopback that can be closed, and that can break in the middle of an answer. */
public final class TcpProxy implements AutoCloseable {
    private final int serverPort;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
    private ServerSocket listener;

    /** Opens the way on a free port. */
    public TcpProxy(int serverPort) {
        this.serverPort = serverPort;
        listener = listen(0);
        port = listener.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Cuts all connections and refuses new ones. */
    public synchronized void refuse() {
        close(listener);
        cut();
    }

    /** Takes connections again. */
    public synchronized void accept() {
        listener = listen(port);
    }

    /** Cuts all connections once, after the server has answered so many more bytes; new connections are taken. */
    public void cutAfter(long bytes) {
        bytesLeft.set(bytes);
    }

    @Override
    public void close() {
        refuse();
    }

    private ServerSocket listen(int onPort) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
            start(() -> takeConnections(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeConnections(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                open.add(client);
                open.add(server);
                start(() -> forward(client, server, false));
                start(() -> forward(server, client, true));
            }
        } catch (IOException closed) {
            close(socket);
        }
    }

    private void forward(Socket from, Socket to, boolean answer) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answer && bytesLeft.addAndGet(-read) < 0) {
                    bytesLeft.set(Long.MAX_VALUE);
                    cut();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException cut) {
            close(from);
        } finally {
            close(from);
            close(to);
        }
    }

    private void cut() {
        open.forEach(TcpProxy::close);
        open.clear();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new AssertionError("a socket cannot be closed", e);
        }
    }
}
