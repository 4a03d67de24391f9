package io.postgresloader.monitor.change;

import io.postgresloader.model.ChangeKind;
import io.postgresloader.tracking.TableSights.Memory;
import io.postgresloader.tracking.TableSights.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the source went away or came back. One look without an answer may be chance: the source is away at the second
 * one. Of several loaders, one may have no way to the source while others have: the source is back when the loader that
 * last saw it away gets an answer, or when none has seen it away for a while.
 *
 * @param changes what is told
 * @param memory what the next look compares with
 */
public record SourceChanges(List<Change> changes, Memory memory) {
    private static final String AWAY = ChangeKind.SOURCE_AWAY.word();

    /**
     * What one loader sees of the source.
     *
     * @param loader the loader's id
     * @param silent at how many of its looks in a row the source has not answered
     * @param reason why not
     * @param now the target's clock
     * @param quiet the time after which a loader that saw it away is not waited for
     */
    public record Look(String loader, int silent, String reason, Instant now, Duration quiet) {}

    /** @param before what was seen at the last look, of any loader */
    public static SourceChanges of(Memory before, Look look) {
        Instant since = before.troubles().get(AWAY);
        Silence silence = new Silence(look.loader(), look.now());
        if (look.silent() > 1 && since == null) {
            return new SourceChanges(
                    List.of(Change.of(ChangeKind.SOURCE_AWAY, look.reason())),
                    Memory.ofSource(Map.of(AWAY, look.now()), before.back(), before.digest(), silence));
        }
        if (look.silent() > 1) {
            return new SourceChanges(
                    List.of(), Memory.ofSource(before.troubles(), before.back(), before.digest(), silence));
        }
        if (look.silent() == 0 && since != null && isBack(before.silence(), look)) {
            Change back = Change.of(ChangeKind.SOURCE_BACK, "it answers again; it was away since " + since)
                    .counting("seconds", Duration.between(since, look.now()).toSeconds());
            return new SourceChanges(List.of(back), Memory.ofSource(Map.of(), look.now(), before.digest(), null));
        }
        return new SourceChanges(List.of(), before);
    }

    private static boolean isBack(Silence last, Look look) {
        return last == null
                || last.by().equals(look.loader())
                || last.at().plus(look.quiet()).isBefore(look.now());
    }

    /** Failures up to this time may come from a source that was away; empty: it was not, as far as is known. */
    public Optional<Instant> excusedUpTo(int silent) {
        return silent > 0 || memory.troubles().containsKey(AWAY)
                ? Optional.of(Instant.MAX)
                : Optional.ofNullable(memory.back());
    }
}
