package io.postgresloader.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A way to a server on loopback that can be closed, break in the middle of an answer, fall silent or be slow. */
public final class TcpProxy implements AutoCloseable {
    /** How the way is at the moment. */
    enum State {
        OPEN,
        /** What is sent is lost, and the sender never learns it: connections of this time get no answer for good. */
        LOSING,
        /** Nothing is taken from either end, so that a writer has to wait. */
        STALLED
    }

    /** Sees all that goes over one connection, and may cut it. */
    public interface Filter {
        Filter NONE = new Filter() {};

        /** @return whether to pass these bytes on to the server; if not, the connection is cut */
        default boolean request(byte[] bytes, int length) {
            return true;
        }

        /** @return whether to pass these bytes on to the client; if not, the connection is cut */
        default boolean answer(byte[] bytes, int length) {
            return true;
        }
    }

    private final int serverPort;
    private final int port;
    private final Supplier<Filter> filters;
    private final Set<ProxyLink> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
    private volatile State state = State.OPEN;
    private volatile long delayMillis;
    private ServerSocket listener;

    /** Opens the way on a free port. */
    public TcpProxy(int serverPort) {
        this(serverPort, () -> Filter.NONE);
    }

    /** @param filters makes one for each connection */
    public TcpProxy(int serverPort, Supplier<Filter> filters) {
        this.serverPort = serverPort;
        this.filters = filters;
        listener = listen(0);
        port = listener.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** The same URL by way of this proxy. */
    public String url(String url) {
        return url.replaceFirst(":\\d+/", ":" + port + "/");
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

    /** Loses whatever is sent either way, without a word; also what is sent later over the connections of this time. */
    public void lose() {
        state = State.LOSING;
    }

    /** Takes no more bytes from either end. */
    public void stall() {
        state = State.STALLED;
    }

    /** Ends {@link #lose} and {@link #stall}. */
    public void resume() {
        state = State.OPEN;
    }

    /** Holds each piece of an answer back for so long; zero ends it. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    @Override
    public void close() {
        resume();
        refuse();
    }

    State state() {
        return state;
    }

    long delayMillis() {
        return delayMillis;
    }

    /** @return false when the answer must not be passed on, since this is where the way breaks */
    boolean spend(int bytes) {
        if (bytesLeft.addAndGet(-bytes) >= 0) {
            return true;
        }
        bytesLeft.set(Long.MAX_VALUE);
        cut();
        return false;
    }

    void ended(ProxyLink link) {
        open.remove(link);
    }

    private ServerSocket listen(int onPort) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
            ProxyLink.start(() -> takeConnections(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeConnections(ServerSocket socket) {
        try {
            while (true) {
                connect(socket.accept());
            }
        } catch (IOException closed) {
            close(socket);
        }
    }

    /** While the server is away its clients find nobody. */
    private void connect(Socket client) throws IOException {
        try {
            ProxyLink link = new ProxyLink(
                    this, client, new Socket(InetAddress.getLoopbackAddress(), serverPort), filters.get());
            open.add(link);
            link.start();
        } catch (IOException noServer) {
            client.close();
        }
    }

    private void cut() {
        open.forEach(ProxyLink::cut);
        open.clear();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }
}
