package io.postgresloader.monitor.change;

import io.postgresloader.model.ChangeKind;
import io.postgresloader.tracking.TableSights.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the source went away or came back. One look without an answer may be chance: the source is away at the second
 * one.
 *
 * @param changes what is told
 * @param memory what the next look compares with
 */
public record SourceChanges(List<Change> changes, Memory memory) {
    private static final String AWAY = ChangeKind.SOURCE_AWAY.word();

    /**
     * @param before what was seen at the last look
     * @param silent at how many looks in a row the source has not answered
     * @param reason why not
     */
    public static SourceChanges of(Memory before, int silent, String reason, Instant now) {
        Instant since = before.troubles().get(AWAY);
        if (silent > 1 && since == null) {
            return new SourceChanges(
                    List.of(Change.of(ChangeKind.SOURCE_AWAY, reason)),
                    new Memory(Map.of(AWAY, now), 0, 0, 0, before.back(), before.digest()));
        }
        if (silent == 0 && since != null) {
            Change back = Change.of(ChangeKind.SOURCE_BACK, "it answers again; it was away since " + since)
                    .counting("seconds", Duration.between(since, now).toSeconds());
            return new SourceChanges(List.of(back), new Memory(Map.of(), 0, 0, 0, now, before.digest()));
        }
        return new SourceChanges(List.of(), before);
    }

    /** Failures up to this time may come from a source that was away; empty: it was not, as far as is known. */
    public Optional<Instant> excusedUpTo(int silent) {
        return silent > 0 ? Optional.of(Instant.MAX) : Optional.ofNullable(memory.back());
    }
}
