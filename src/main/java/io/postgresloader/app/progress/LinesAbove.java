package io.postgresloader.app.progress;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Takes what is written to standard error, and hands on whole lines. */
final class LinesAbove extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<byte[]> lines;

    LinesAbove(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        line.write(b);
        if (b == '\n') {
            handOn();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int last = offset + length - 1;
        while (last >= offset && bytes[last] != '\n') {
            last--;
        }
        line.write(bytes, offset, last - offset + 1);
        if (last >= offset) {
            handOn();
        }
        line.write(bytes, last + 1, offset + length - last - 1);
    }

    /** Hands on what has no end of line. */
    @Override
    public synchronized void close() {
        handOn();
    }

    private void handOn() {
        if (line.size() > 0) {
            lines.accept(line.toByteArray());
            line.reset();
        }
    }
}
