package io.postgresloader.verify;

import io.postgresloader.model.DeadLetter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keys of rows that looked different, gathered for a second look. */
final class Suspects {
    /** So many keys make one statement on each side. */
    private static final int AT_ONCE = 500;

    private final SecondLook look;
    private final List<List<String>> keys = new ArrayList<>();
    private final Set<List<String>> unreadable = new HashSet<>();

    Suspects(SecondLook look) {
        this.look = look;
    }

    /**
     * @param key in text form; one that was added as unreadable already counts once
     */
    void add(List<String> key) throws SQLException {
        if (!unreadable.contains(key)) {
            suspect(key);
        }
    }

    /** Rows of the source that cannot be encoded; the target may have an older state of them. */
    void addUnreadable(List<DeadLetter> rejected) throws SQLException {
        for (DeadLetter row : rejected) {
            List<String> key = List.copyOf(row.key().values());
            unreadable.add(key);
            suspect(key);
        }
    }

    private void suspect(List<String> key) throws SQLException {
        keys.add(key);
        if (keys.size() == AT_ONCE) {
            lookNow();
        }
    }

    /** Looks at those that are left. */
    void lookNow() throws SQLException {
        if (!keys.isEmpty()) {
            look.at(List.copyOf(keys));
            keys.clear();
        }
    }
}
