package io.postgresloader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final String VALUE = "Key (name)=(Doe)";

    @Test
    void framesAndCausesAreShownWithoutMessages() {
        IllegalStateException thrown = new IllegalStateException(VALUE, new NullPointerException(VALUE));

        assertThat(Frames.of(thrown).lines().toList())
                .startsWith("java.lang.IllegalStateException")
                .contains("caused by java.lang.NullPointerException")
                .anyMatch(
                        line -> line.matches(
                                " {4}at io\\.postgresloader\\.sql\\.FramesTest\\.framesAndCauses\\w+\\(FramesTest\\.java:\\d+\\)"))
                .noneMatch(line -> line.contains("Doe") || line.startsWith("\tat"));
    }

    @Test
    void ofALongTraceTheFirstAndOurFramesStay() {
        IllegalStateException thrown = new IllegalStateException(VALUE);
        StackTraceElement[] trace = new StackTraceElement[100];
        for (int i = 0; i < trace.length; i++) {
            String name = i == 90 ? "io.postgresloader.load.Chunks" : "org.apache.camel.processor.Pipeline";
            trace[i] = new StackTraceElement(name, "method" + i, i == 91 ? null : "File.java", i == 92 ? -2 : i);
        }
        thrown.setStackTrace(trace);

        assertThat(Frames.of(thrown).lines().toList())
                .hasSize(9)
                .contains("    at io.postgresloader.load.Chunks.method90(File.java:90)")
                .endsWith("    ... 93 more");
    }

    @Test
    void aHundredFramesOfOursAreBounded() {
        assertThat(deep(100)).hasSizeLessThan(20).anyMatch(line -> line.matches(" {4}\\.\\.\\. \\d+ more"));
    }

    private static List<String> deep(int depth) {
        return depth == 0 ? Frames.of(new IllegalStateException(VALUE)).lines().toList() : deep(depth - 1);
    }

    @Test
    void aRingOfCausesEnds() {
        IllegalStateException one = new IllegalStateException(VALUE);
        one.initCause(new IllegalArgumentException(VALUE, one));

        assertThat(Frames.of(one)).containsOnlyOnce("caused by");
    }

    @Test
    void manyCausesAreBounded() {
        Exception thrown = new Exception(VALUE);
        for (int i = 0; i < 50; i++) {
            thrown = new Exception(VALUE, thrown);
        }

        assertThat(Frames.of(thrown)).endsWith("caused by more exceptions").doesNotContain("Doe");
    }
}
