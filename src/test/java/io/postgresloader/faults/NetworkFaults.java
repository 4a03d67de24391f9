package io.postgresloader.faults;

import io.postgresloader.testing.TcpProxy;
import java.util.Random;

/** What can happen to the network. */
final class NetworkFaults {
    private static final long LIMIT_MILLIS = 3000;

    private NetworkFaults() {}

    static void lose(TcpProxy way) {
        way.lose();
        Pause.millis(1600);
        way.resume();
        Pause.millis(1000);
    }

    static void slow(TcpProxy way) {
        way.delay(30);
        Pause.millis(2000);
        way.delay(0);
    }

    static void cutAtCommit(Arena arena, Random random) throws Exception {
        Boundary boundary = Boundary.values()[random.nextInt(Boundary.values().length)];
        if (!arena.commits().cutAt(boundary, false, 1 + random.nextInt(2), () -> {}, LIMIT_MILLIS)) {
            throw new MissedException();
        }
    }
}
