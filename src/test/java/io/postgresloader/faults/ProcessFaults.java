package io.postgresloader.faults;

import io.postgresloader.testing.ShippedRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** What can happen to the loader's process. */
final class ProcessFaults {
    /** Of a process that starts and loads, while others keep the machine busy. */
    private static final long LIMIT_MILLIS = 30_000;

    private static final List<String> EDITED =
            List.of("record-status", "record-metrics", "pull-page", "load-chunk", "dead-letter");

    private ProcessFaults() {}

    static void halt(Arena arena, Boundary boundary, boolean before, int number) throws Exception {
        if (!arena.commits().cutAt(boundary, before, number, arena.process()::kill, LIMIT_MILLIS)) {
            throw new MissedException();
        }
    }

    static void terminate(Arena arena, Random random) {
        long age = 1000 + random.nextInt(3000);
        while (arena.process().ageMillis() < age) {
            Pause.millis(20);
        }
        arena.process().terminate();
    }

    static void editRoute(Arena arena, Random random) throws IOException {
        Path file = ShippedRoutes.file(arena.routes(), EDITED.get(random.nextInt(EDITED.size())));
        Files.writeString(file, "# " + random.nextInt() + "\n" + Files.readString(file));
        Pause.millis(500);
    }
}
