package io.postgresloader.tracking;

import com.fasterxml.jackson.databind.util.StdConverter;
import io.postgresloader.model.Bookmark;
import io.postgresloader.model.Counts;
import io.postgresloader.model.Horizon;
import io.postgresloader.model.KeyMark;
import io.postgresloader.model.LoadIdentity;
import io.postgresloader.model.LoadProgress;
import io.postgresloader.model.LoadScope;
import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Bookmark} as {@code etl_load_status.bookmark} stores it: one object without parts, since version 0.1.0. */
record StoredBookmark(
        String loadId,
        LoadType type,
        String reason,
        Instant started,
        Horizon horizon,
        Optional<BigInteger> greatestKey,
        Selection selection,
        List<KeyMark> keyMarks,
        Map<String, String> fingerprint,
        List<String> lastKey,
        long counted,
        Counts counts,
        int chunks) {
    StoredBookmark {
        keyMarks = List.copyOf(keyMarks);
        fingerprint = Map.copyOf(fingerprint);
        lastKey = List.copyOf(lastKey);
    }

    /** Flattens a bookmark. */
    static final class Writer extends StdConverter<Bookmark, StoredBookmark> {
        @Override
        public StoredBookmark convert(Bookmark bookmark) {
            LoadIdentity load = bookmark.load();
            LoadScope scope = bookmark.scope();
            LoadProgress progress = bookmark.progress();
            return new StoredBookmark(
                    load.loadId(),
                    load.type(),
                    load.reason(),
                    load.started(),
                    scope.horizon(),
                    scope.greatestKey(),
                    scope.selection(),
                    scope.keyMarks(),
                    scope.fingerprint(),
                    progress.lastKey(),
                    progress.counted(),
                    progress.counts(),
                    progress.chunks());
        }
    }

    /** Puts a bookmark together again. */
    static final class Reader extends StdConverter<StoredBookmark, Bookmark> {
        @Override
        public Bookmark convert(StoredBookmark stored) {
            return new Bookmark(
                    new LoadIdentity(stored.loadId, stored.type, stored.reason, stored.started),
                    new LoadScope(
                            stored.horizon, stored.greatestKey, stored.selection, stored.keyMarks, stored.fingerprint),
                    new LoadProgress(stored.lastKey, stored.counted, stored.counts, stored.chunks));
        }
    }
}
