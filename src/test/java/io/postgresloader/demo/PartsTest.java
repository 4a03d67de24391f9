package io.postgresloader.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PartsTest {
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final Parts parts = new Parts();

    @Test
    void theyEndInReverseOrderAndOnce() throws Exception {
        parts.start(() -> part("server"));
        parts.start(() -> part("loader"));

        parts.close();
        parts.close();

        assertThat(ended).containsExactly("loader", "server");
    }

    @Test
    void onePartThatCannotBeEndedKeepsNoOtherFromItsEnd() throws Exception {
        parts.start(() -> part("server"));
        parts.start(() -> () -> {
            throw new IllegalStateException("stuck");
        });

        parts.close();

        assertThat(ended).containsExactly("server");
    }

    @Test
    void nothingIsStartedOnceTheEndHasBegun() {
        parts.close();

        assertThatThrownBy(() -> parts.start(() -> part("server"))).isInstanceOf(IllegalStateException.class);
        assertThat(parts.ending()).isTrue();
        assertThat(ended).isEmpty();
    }

    @Test
    void aPartThatIsBeingStartedIsEndedWhenItHasStarted() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch mayStart = new CountDownLatch(1);
        Thread starter = new Thread(() -> start(starting, mayStart));
        starter.start();
        starting.await();
        Thread end = new Thread(parts::close);
        end.start();
        assertThat(parts.endsWithin(Long.MAX_VALUE)).isTrue();

        mayStart.countDown();
        end.join();

        assertThat(ended).containsExactly("slow server");
    }

    @Test
    void aWaitThatNobodyEndsRunsOut() throws Exception {
        assertThat(parts.endsWithin(1)).isFalse();
    }

    private void start(CountDownLatch starting, CountDownLatch mayStart) {
        try {
            parts.start(() -> {
                starting.countDown();
                mayStart.await();
                return part("slow server");
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private AutoCloseable part(String name) {
        return () -> ended.add(name);
    }
}
