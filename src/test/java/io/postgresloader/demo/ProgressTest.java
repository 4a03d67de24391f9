package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final List<String> said = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(-5);
    private final Progress progress = new Progress(4, said::add, clock::get);

    @Test
    void itSpeaksEveryTwoSecondsAndAtTheEnd() {
        done(1_999, 10);
        done(1, 20);
        done(1_999, 30);
        done(0, 40);

        assertThat(said).containsExactly("    2 of 4 tables, 30 rows", "    4 of 4 tables, 100 rows");
    }

    private void done(long millisLater, long rows) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millisLater));
        progress.done(rows);
    }
}
