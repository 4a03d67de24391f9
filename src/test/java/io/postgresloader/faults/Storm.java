package io.postgresloader.faults;

import io.postgresloader.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Six writers at once, each with its own share of one seed. */
final class Storm {
    private static final int WRITERS = 6;

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();

    Storm(Database source, String session, Ledger ledger, long seed) {
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed * WRITERS + i);
            Changes changes = new Changes(random, i, WRITERS);
            writers.add(CompletableFuture.runAsync(
                    new Writer(source, session, ledger, changes, random, over), task -> new Thread(task).start()));
        }
    }

    /** Returns when every writer has ended its transaction; one that failed throws its reason. */
    void end() {
        over.set(true);
        writers.forEach(CompletableFuture::join);
    }
}
