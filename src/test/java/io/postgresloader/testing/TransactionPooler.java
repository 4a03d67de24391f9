package io.postgresloader.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A connection pooler in front of a PostgreSQL that trusts loopback, as PgBouncer is one. A client has a server
 * connection from its first statement to the end of the transaction or, in session mode, to its own end.
 */
public final class TransactionPooler implements AutoCloseable {
    /** Which server connection a client gets. */
    public enum Mode {
        /** For a transaction, the one that came back last; PgBouncer's default. */
        TRANSACTION_LAST,
        /** For a transaction, the one that came back longest ago; PgBouncer's {@code server_round_robin}. */
        TRANSACTION_ROUND_ROBIN,
        SESSION
    }

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    private final int serverPort;
    private final Mode mode;
    private final ServerSocket listener;
    private final Deque<PooledServer> idle = new ArrayDeque<>();
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

    /** Opens the pooler on a free port. */
    public TransactionPooler(int serverPort, Mode mode) {
        this.serverPort = serverPort;
        this.mode = mode;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::listen);
    }

    /** The same URL by way of this pooler. */
    public String url(String url) {
        return url.replaceFirst(":\\d+/", ":" + listener.getLocalPort() + "/");
    }

    /**
     * Opens server connections, as earlier clients leave them.
     *
     * @param url of the database that clients will open
     */
    public void open(int connections, String url, String user) throws IOException {
        for (int i = 0; i < connections; i++) {
            release(new PooledServer(serverPort, PooledServer.startup(user, url.substring(url.lastIndexOf('/') + 1))));
        }
    }

    private void listen() throws IOException {
        while (true) {
            Socket client = listener.accept();
            client.setTcpNoDelay(true);
            open.add(client);
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        PooledServer server = null;
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            byte[] startup = startup(in, out);
            server = take(startup);
            server.welcome(out);
            server = afterStatement(server);
            for (PooledServer.Message message = PooledServer.Message.read(in);
                    message.type() != 'X';
                    message = PooledServer.Message.read(in)) {
                server = server == null ? take(startup) : server;
                server.send(message);
                if (message.endsRequest() && server.answer(out)) {
                    server = afterStatement(server);
                }
            }
        } finally {
            if (server != null) {
                release(server);
            }
        }
    }

    /** The client's first message; no encryption is offered. */
    private static byte[] startup(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            byte[] body = new byte[in.readInt() - Integer.BYTES];
            in.readFully(body);
            int code = PooledServer.code(body);
            if (code == CANCEL_REQUEST) {
                throw new EOFException("cancel requests lead nowhere");
            }
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return body;
            }
            out.write('N');
            out.flush();
        }
    }

    /** No transaction is open. */
    private PooledServer afterStatement(PooledServer server) {
        if (mode == Mode.SESSION) {
            return server;
        }
        release(server);
        return null;
    }

    private synchronized PooledServer take(byte[] startup) throws IOException {
        PooledServer server = mode == Mode.SESSION ? null : idle.pollFirst();
        if (server == null) {
            server = new PooledServer(serverPort, startup);
            open.add(server);
        }
        return server;
    }

    private synchronized void release(PooledServer server) {
        switch (mode) {
            case TRANSACTION_LAST -> idle.addFirst(server);
            case TRANSACTION_ROUND_ROBIN -> idle.addLast(server);
            case SESSION -> close(server);
        }
    }

    @Override
    public void close() {
        close(listener);
        open.forEach(TransactionPooler::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is closed as well if this fails.
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One end has closed its connection.
                    }
                },
                "pooler");
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
