package io.postgresloader.app.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesAboveTest {
    private final List<String> lines = new ArrayList<>();
    private final LinesAbove stream = new LinesAbove(bytes -> lines.add(new String(bytes, UTF_8)));

    @Test
    void wholeLinesAreHandedOnAsTheyEnd() {
        PrintStream print = new PrintStream(stream, true, UTF_8);
        print.print("one");
        assertThat(lines).isEmpty();
        print.println(" line");
        print.print("two\nthree\nfo");
        assertThat(lines).containsExactly("one line\n", "two\nthree\n");
        print.print("ur");
        stream.close();
        stream.close();
        assertThat(lines).containsExactly("one line\n", "two\nthree\n", "four");
    }

    @Test
    void aByteAtATimeIsTheSame() {
        for (byte b : "grün\nx".getBytes(UTF_8)) {
            stream.write(b);
        }
        assertThat(lines).containsExactly("grün\n");
    }
}
