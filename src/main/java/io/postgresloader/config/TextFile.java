package io.postgresloader.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a configuration file as strict UTF-8: an invalid byte is reported, never replaced. */
public final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /** The text without a byte order mark; empty after a problem was recorded. */
    public static Optional<String> read(Path file, Problems problems) {
        if (!Files.exists(file)) {
            return fault(file, 0, "no such file", "create it or name another file", problems);
        }
        if (Files.isDirectory(file)) {
            return fault(file, 0, "the path is a directory", "name a file", problems);
        }
        try {
            return decode(file, Files.readAllBytes(file), problems);
        } catch (IOException unreadable) {
            return fault(
                    file, 0, "the file is not readable", "give the user of this process read permission", problems);
        }
    }

    private static Optional<String> decode(Path file, byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            return fault(file, lineOf(bytes, in.position()), "not valid UTF-8", "save the file as UTF-8", problems);
        }
        String text = out.flip().toString();
        return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    private static int lineOf(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    private static Optional<String> fault(Path file, int line, String found, String allowed, Problems problems) {
        problems.add(new ConfigurationProblem(file.toString(), line, "file", found, allowed));
        return Optional.empty();
    }
}
