package io.postgresloader.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A pooler's connection to PostgreSQL. */
final class PooledServer implements AutoCloseable {
    private static final int PROTOCOL_3 = 196608;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    /** What the server says of itself, as it says it to each client. */
    private final ByteArrayOutputStream parameters = new ByteArrayOutputStream();

    /** A message of the protocol: its type, and what follows its length. */
    record Message(int type, byte[] body) {
        static Message read(DataInputStream in) throws IOException {
            int type = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - Integer.BYTES];
            in.readFully(body);
            return new Message(type, body);
        }

        /** After a query, a sync, and the end of a COPY the client waits. */
        boolean endsRequest() {
            return type == 'Q' || type == 'S' || type == 'c' || type == 'f';
        }

        void write(OutputStream out) throws IOException {
            DataOutputStream data = new DataOutputStream(out);
            data.writeByte(type);
            data.writeInt(body.length + Integer.BYTES);
            data.write(body);
        }
    }

    /** @param startup the body of the client's startup message */
    PooledServer(int port, byte[] startup) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(startup.length + Integer.BYTES);
        out.write(startup);
        for (Message message = Message.read(in); message.type() != 'Z'; message = Message.read(in)) {
            if (message.type() == 'S') {
                message.write(parameters);
            }
            if (message.type() == 'E') {
                throw new IOException("PostgreSQL does not take the pooler's connection");
            }
        }
    }

    /** The body of a startup message. */
    static byte[] startup(String user, String database) {
        byte[] names = ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + names.length)
                .putInt(PROTOCOL_3)
                .put(names)
                .array();
    }

    static int code(byte[] startup) {
        return ByteBuffer.wrap(startup).getInt();
    }

    /** Answers a client's startup: it may log in, and gets a key for cancel requests that is the pooler's own. */
    void welcome(OutputStream client) throws IOException {
        ByteArrayOutputStream welcome = new ByteArrayOutputStream();
        new Message('R', new byte[Integer.BYTES]).write(welcome);
        parameters.writeTo(welcome);
        new Message(
                        'K',
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(ThreadLocalRandom.current().nextLong())
                                .array())
                .write(welcome);
        new Message('Z', new byte[] {'I'}).write(welcome);
        welcome.writeTo(client);
        client.flush();
    }

    void send(Message message) throws IOException {
        message.write(out);
    }

    /**
     * Passes on what the server answers.
     *
     * @return whether no transaction is open any more
     */
    boolean answer(OutputStream client) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Message message;
        do {
            message = Message.read(in);
            message.write(answer);
        } while (message.type() != 'Z' && message.type() != 'G');
        answer.writeTo(client);
        client.flush();
        // It asks for the rows of a COPY.
        return message.type() == 'Z' && message.body()[0] == 'I';
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
