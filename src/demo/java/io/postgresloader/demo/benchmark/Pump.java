package io.postgresloader.demo.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Moves bytes in one direction of one connection: one thread takes them, another delivers each piece when it arrives. */
final class Pump {
    private static final int PIECE = 16 * 1024;

    /** As much as a line of a high rate holds: 4 MiB. Then the sender has to wait, as with TCP. */
    private static final int PIECES = 256;

    private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(PIECES);
    private final Socket from;
    private final Socket to;
    private final Supplier<Lane> lane;

    /** @param length -1: the sender has ended */
    private record Piece(byte[] bytes, int length, long arrival) {}

    private Pump(Socket from, Socket to, Supplier<Lane> lane) {
        this.from = from;
        this.to = to;
        this.lane = lane;
    }

    /** @param ended is called when nothing more can be delivered */
    static void start(Socket from, Socket to, Supplier<Lane> lane, Runnable ended) {
        Pump pump = new Pump(from, to, lane);
        SlowLink.start(pump::take);
        SlowLink.start(() -> pump.deliver(ended));
    }

    private void take() {
        try {
            InputStream in = from.getInputStream();
            int length;
            do {
                byte[] bytes = new byte[PIECE];
                length = in.read(bytes);
                underWay.put(new Piece(bytes, length, lane.get().send(Math.max(0, length), System.nanoTime())));
            } while (length >= 0);
        } catch (IOException | InterruptedException e) {
            underWay.offer(new Piece(new byte[0], -1, System.nanoTime()));
        }
    }

    private void deliver(Runnable ended) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = underWay.take(); piece.length() >= 0; piece = underWay.take()) {
                long wait = piece.arrival() - System.nanoTime();
                while (wait > 0) {
                    LockSupport.parkNanos(wait);
                    wait = piece.arrival() - System.nanoTime();
                }
                out.write(piece.bytes(), 0, piece.length());
            }
        } catch (IOException | InterruptedException e) {
            // The receiver has closed its end; the sender learns it by the end of its connection.
            underWay.clear();
        } finally {
            ended.run();
        }
    }
}
