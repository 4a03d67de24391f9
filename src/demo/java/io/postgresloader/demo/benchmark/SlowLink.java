package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server on loopback with the delay and the rate of a long line. All connections share the line; each of its
 * two directions has the whole rate.
 */
final class SlowLink implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Lane there = Lane.FAST;
    private volatile Lane back = Lane.FAST;

    /** Opens the way on a free port of loopback. */
    SlowLink(int serverPort) throws IOException {
        this.serverPort = serverPort;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /**
     * Sets what the line is like from now on.
     *
     * @param delayMillis of each direction; half of a round trip
     * @param megabits per second in each direction; infinity: no limit
     */
    void set(double delayMillis, double megabits) {
        there = new Lane(delayMillis, megabits);
        back = new Lane(delayMillis, megabits);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                for (Socket socket : new Socket[] {client, server}) {
                    socket.setTcpNoDelay(true);
                    open.add(socket);
                }
                Pump.start(client, server, () -> there, () -> ended(client, server));
                Pump.start(server, client, () -> back, () -> ended(client, server));
            }
        } catch (IOException e) {
            // The listener was closed, or the server is not there: those who connect find nobody.
            close();
        }
    }

    private void ended(Socket client, Socket server) {
        close(client);
        close(server);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket of the slow link cannot be closed", e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException("the slow link cannot be closed", e);
        }
        open.forEach(this::close);
    }

    /** Threads of the link end with the benchmark. */
    static void start(Runnable work) {
        Thread thread = new Thread(work, "slow link");
        thread.setDaemon(true);
        thread.start();
    }
}
