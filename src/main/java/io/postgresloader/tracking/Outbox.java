package io.postgresloader.tracking;

import io.postgresloader.database.Warehouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages about changes, in {@code etl_notification}: one row for each message and channel. At most one message of a
 * table and kind is due in an hour; what changes until then is counted in the next one.
 */
public final class Outbox {
    /** The most of a text that is kept of why an attempt failed. */
    private static final int LONGEST_FAILURE = 200;

    /** Why a message is set aside, and for how long: the version that wrote it may run again. */
    private static final String UNREADABLE = "this version cannot read it";

    private static final Duration ASIDE = Duration.ofHours(1);

    /** Messages about a table, alone or with others. */
    private static final String ABOUT = "(table_name = %s OR table_name = '' AND message -> 'tables' @> to_jsonb(%s))";

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final JdbcClient target;
    private final String table;

    public Outbox(Warehouse warehouse) {
        this.target = warehouse.jdbc();
        this.table = warehouse.table("etl_notification");
    }

    /**
     * What is told. Its texts have no control characters, and no value of a row.
     *
     * @param kind the word of the kind of change, or {@code digest}
     * @param table the table; empty: the source, several tables, or all
     * @param tables those of a message about several tables; otherwise empty
     * @param at when the change was seen, by the target's clock
     * @param since when the first of the changes was seen that are counted in this message
     * @param changes how many changes are counted in it
     * @param title one line
     * @param text the whole message
     * @param counts numbers by their names
     * @param over since when it is over, if it ended before it could be told; null: it has not
     */
    public record Message(
            String kind,
            String table,
            List<String> tables,
            Instant at,
            Instant since,
            long changes,
            String title,
            String text,
            Map<String, Long> counts,
            Instant over) {
        public Message {
            Stream.of(kind, table, at, since, counts).forEach(Objects::requireNonNull);
            tables = tables == null ? List.of() : List.copyOf(tables);
            title = title.replaceAll("\\p{Cntrl}+", " ");
            text = text.replaceAll("\\p{Cntrl}+", " ");
        }

        /** Whether it is about the same. */
        private boolean isAbout(Message other) {
            return table.equals(other.table()) && tables.equals(other.tables());
        }

        private Message with(long before, Instant first) {
            return new Message(kind, table, tables, at, first, before + changes, title, text, counts, over);
        }
    }

    /**
     * A message on its way to one channel.
     *
     * @param id the number of its row
     * @param messageId the same in all channels and at all attempts
     * @param attempt the number of this attempt, from 1
     */
    public record Delivery(long id, String messageId, String channel, int attempt, Message message) {
        /** The whole message, with what happened since the change. Routes read it. */
        public String text() {
            StringBuilder text = new StringBuilder(message.text());
            if (message.changes() > 1) {
                text.append("; ")
                        .append(message.changes())
                        .append(" times since ")
                        .append(message.since());
            }
            if (message.over() != null) {
                text.append("; over since ").append(message.over());
            }
            return text.toString();
        }
    }

    /** The newest message of a table and kind; it counts nothing if this version cannot read it. */
    private record Last(String messageId, Instant notBefore, boolean held, Optional<Message> message) {}

    /** A message that was taken for an attempt; without a delivery if this version cannot read it. */
    private record Taken(long id, Optional<Delivery> delivery, String failure) {}

    /**
     * Adds a message, in the caller's transaction. If one of the same table and kind was due within the time, the new one
     * waits for its end; if one about the same waits already, the new one takes its place and counts it. The tables of a
     * message about several must have one and the same message that was due within the time, or none.
     *
     * @param apart the time between two messages of a table and kind
     */
    public void add(Message message, Collection<String> channels, Duration apart) {
        Optional<Last> last = last(message);
        Set<String> left = new TreeSet<>(channels);
        last.filter(Last::held).ifPresent(held -> held.message()
                .filter(message::isAbout)
                .ifPresent(waiting -> left.removeAll(counted(held.messageId(), waiting, message))));
        Instant free = last.map(before -> before.notBefore().plus(apart)).orElse(Instant.MIN);
        Instant notBefore = free.isAfter(message.at()) ? free : message.at();
        String messageId = UUID.randomUUID().toString();
        left.forEach(channel -> target.sql("INSERT INTO " + table
                        + " (message_id, channel, table_name, kind, message, not_before)"
                        + " VALUES (?, ?, ?, ?, CAST(? AS jsonb), CAST(? AS timestamptz))")
                .params(messageId, channel, message.table(), message.kind(), Json.write(message), notBefore.toString())
                .update());
    }

    /**
     * Counts a message in the one that waits. A channel may have taken that one since this transaction began, or did not
     * exist then.
     *
     * @return the channels whose message counts it now
     */
    private List<String> counted(String messageId, Message held, Message message) {
        Message sum = message.with(held.changes(), held.since());
        return target.sql("UPDATE " + table + " SET message = CAST(? AS jsonb)"
                        + " WHERE message_id = ? AND state = 'waiting' AND attempts = 0 RETURNING channel")
                .params(Json.write(sum), messageId)
                .query(String.class)
                .list();
    }

    private Optional<Last> last(Message message) {
        String name =
                message.tables().isEmpty() ? message.table() : message.tables().get(0);
        return target.sql("SELECT message_id, not_before, not_before > now() AS held, message FROM " + table
                        + " WHERE kind = ? AND " + ABOUT.formatted("CAST(? AS text)", "CAST(? AS text)")
                        + " ORDER BY id DESC LIMIT 1")
                .params(message.kind(), name, name)
                .query((row, number) -> new Last(
                        row.getString("message_id"),
                        row.getObject("not_before", OffsetDateTime.class).toInstant(),
                        row.getBoolean("held"),
                        Json.tryRead(row.getString("message"), Message.class)))
                .optional();
    }

    /**
     * The ids of the newest messages of a kind about these tables that were due within a time, or that wait; by table.
     */
    public Map<String, String> recent(String kind, Collection<String> tables, Duration within) {
        Map<String, String> ids = new TreeMap<>();
        target.sql("SELECT t.name, newest.message_id FROM unnest(CAST(? AS text[])) AS t (name) CROSS JOIN LATERAL ("
                        + "SELECT message_id FROM " + table + " WHERE kind = ? AND "
                        + ABOUT.formatted("t.name", "t.name")
                        + " AND not_before > now() - make_interval(secs => ?) ORDER BY id DESC LIMIT 1) AS newest")
                .params(tables.toArray(String[]::new), kind, (double) within.toSeconds())
                .query(row -> {
                    ids.put(row.getString("name"), row.getString("message_id"));
                });
        return ids;
    }

    /**
     * Notes in messages that wait that what they tell is over; a message about several tables once none of them has it.
     *
     * @param tables those where it is over now
     * @param without all those that do not have it now
     */
    public void over(String kind, Collection<String> tables, Collection<String> without, Instant at) {
        target.sql(
                        "UPDATE " + table + " SET message = jsonb_set(message, '{over}', to_jsonb(CAST(? AS text)))"
                                + " WHERE kind = ? AND (table_name = ANY (?) OR table_name = '' AND message -> 'tables' <@ to_jsonb(CAST(? AS text[])))"
                                + " AND state = 'waiting' AND attempts = 0 AND not_before > now() AND message -> 'over' = 'null'")
                .params(at.toString(), kind, tables.toArray(String[]::new), without.toArray(String[]::new))
                .update();
    }

    /**
     * Takes the oldest message of a channel for one attempt, if it is due: later ones wait behind it, so that they arrive
     * in their order. Messages that were rejected, or that this version cannot read, do not keep others waiting.
     *
     * @param within how long the attempt may take: until then nobody else takes the message
     */
    public Optional<Delivery> next(String channel, Duration within) {
        Optional<Taken> taken = take(channel, within);
        while (taken.isPresent() && taken.get().delivery().isEmpty()) {
            setAside(taken.get());
            taken = take(channel, within);
        }
        return taken.flatMap(Taken::delivery);
    }

    private Optional<Taken> take(String channel, Duration within) {
        return target.sql("UPDATE " + table + " SET attempts = attempts + 1,"
                        + " next_attempt_at = now() + make_interval(secs => ?) WHERE id = ("
                        + "SELECT id FROM (SELECT id, next_attempt_at FROM " + table
                        + " WHERE channel = ? AND state = 'waiting' AND not_before <= now()"
                        + " AND (NOT rejected OR next_attempt_at <= now())"
                        + " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) AS oldest WHERE next_attempt_at <= now())"
                        + " RETURNING id, message_id, channel, attempts, message, failure")
                .params((double) within.toSeconds(), channel)
                .query(Outbox::taken)
                .optional();
    }

    private void setAside(Taken unreadable) {
        if (!UNREADABLE.equals(unreadable.failure())) {
            LOG.warn(
                    "Message {} of etl_notification is set aside, since this version cannot read it; it is told by the"
                            + " version that wrote it, or removed after tracking.retention",
                    unreadable.id());
        }
        failed(unreadable.id(), UNREADABLE, ASIDE, true);
    }

    public void sent(Delivery delivery) {
        target.sql("UPDATE " + table + " SET state = 'sent', sent_at = now(), failure = NULL WHERE id = ?")
                .param(delivery.id())
                .update();
    }

    /**
     * Says why an attempt failed, and when the next one is made.
     *
     * @param rejected whether the channel takes other messages, but not this one
     */
    public void failed(Delivery delivery, String failure, Duration pause, boolean rejected) {
        failed(delivery.id(), failure, pause, rejected);
    }

    private void failed(long id, String failure, Duration pause, boolean rejected) {
        target.sql("UPDATE " + table + " SET next_attempt_at = now() + make_interval(secs => ?), failure = ?,"
                        + " rejected = ? WHERE id = ?")
                .params(
                        pause.toMillis() / 1000.0,
                        failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE)),
                        rejected,
                        id)
                .update();
    }

    private static Taken taken(ResultSet row, int number) throws SQLException {
        String messageId = row.getString("message_id");
        String channel = row.getString("channel");
        int attempt = row.getInt("attempts");
        long id = row.getLong("id");
        return new Taken(
                id,
                Json.tryRead(row.getString("message"), Message.class)
                        .map(message -> new Delivery(id, messageId, channel, attempt, message)),
                row.getString("failure"));
    }
}
