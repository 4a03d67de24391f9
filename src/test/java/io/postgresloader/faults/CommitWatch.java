package io.postgresloader.faults;

import io.postgresloader.testing.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sees each COMMIT on its way to the target, and does something just before it arrives or just after it was done. */
final class CommitWatch {
    private Ambush ambush;

    /** What is to happen at which commit: the {@code number}-th of its kind from now, counted from 1. */
    private static final class Ambush {
        private final Boundary boundary;
        private final boolean before;
        private final Runnable deed;
        private final CountDownLatch done = new CountDownLatch(1);
        private int number;

        Ambush(Boundary boundary, boolean before, int number, Runnable deed) {
            this.boundary = boundary;
            this.before = before;
            this.number = number;
            this.deed = deed;
        }
    }

    /**
     * Cuts the connection at a commit, so that the loader never gets the answer.
     *
     * @param before whether the server does not even get the COMMIT
     * @param deed what to do first
     * @return whether the commit came in time
     */
    boolean cutAt(Boundary boundary, boolean before, int number, Runnable deed, long limitMillis)
            throws InterruptedException {
        Ambush set = new Ambush(boundary, before, number, deed);
        lay(set);
        try {
            return set.done.await(limitMillis, TimeUnit.MILLISECONDS);
        } finally {
            lay(null);
        }
    }

    /** The filter of a new connection. */
    TcpProxy.Filter filter() {
        return new Connection();
    }

    private synchronized void lay(Ambush set) {
        ambush = set;
    }

    private synchronized Ambush met(boolean copied, boolean deadLettered, boolean finished) {
        if (ambush == null
                || !ambush.boundary.matches(copied, deadLettered, finished)
                || ambush.done.getCount() == 0
                || --ambush.number > 0) {
            return null;
        }
        return ambush;
    }

    /** One connection of the loader; requests and answers come from two threads. */
    private final class Connection implements TcpProxy.Filter {
        private boolean copied;
        private boolean deadLettered;
        private boolean finished;
        private volatile Ambush waiting;

        @Override
        public boolean request(byte[] bytes, int length) {
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            if (text.contains("BEGIN")) {
                copied = deadLettered = finished = false;
            }
            copied |= text.contains("FROM STDIN");
            deadLettered |= text.matches("(?s).*INSERT INTO \\S*etl_dead_letter.*");
            finished |= text.matches("(?s).*INSERT INTO \\S*etl_table_metrics.*");
            Ambush met = text.contains("COMMIT") ? met(copied, deadLettered, finished) : null;
            if (met == null) {
                return true;
            }
            if (met.before) {
                met.deed.run();
                met.done.countDown();
                return false;
            }
            waiting = met;
            return true;
        }

        @Override
        public boolean answer(byte[] bytes, int length) {
            Ambush met = waiting;
            if (met == null || !new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT")) {
                return true;
            }
            met.deed.run();
            met.done.countDown();
            return false;
        }
    }
}
