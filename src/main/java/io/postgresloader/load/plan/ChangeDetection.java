package io.postgresloader.load.plan;

import io.postgresloader.model.Horizon;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.SourceState;
import io.postgresloader.model.TableOptions;
import io.postgresloader.tracking.TableState;
import io.postgresloader.tracking.TableState.Seen;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Decides from the source's update time of a table whether there is anything to load. The update time has whole seconds
 * and is the time of a change, which may be committed later. It proves that nothing changed only if it is the same as
 * at the last load and was older than that load's horizon.
 */
final class ChangeDetection {
    /** Whole seconds, on both sides. */
    private static final int ROUNDING_SECONDS = 2;

    private ChangeDetection() {}

    /** Why there is nothing to load; empty when there may be something. */
    static Optional<String> unchanged(
            LoadRequest request, TableOptions options, TableState state, Optional<SourceState> source) {
        boolean asksForDue = request.kind() == LoadRequest.Kind.DUE && !request.accepted() && !request.sourceAccepted();
        boolean complete = state.before().status().equals("success")
                && state.watermarks().isPresent()
                && state.bookmark().isEmpty()
                && state.backfill().isEmpty();
        if (!asksForDue || !options.load().skipUnchanged() || !complete) {
            return Optional.empty();
        }
        Optional<LocalDateTime> updated = source.flatMap(SourceState::updated);
        boolean same = state.seen()
                        .filter(Seen::settled)
                        .filter(seen -> source.flatMap(SourceState::token)
                                .filter(seen::sameSource)
                                .isPresent())
                        .isPresent()
                && !otherOptions(options, state);
        return same ? Optional.of("the source has not changed it since " + updated.get() + " UTC") : Optional.empty();
    }

    /**
     * The source state that a load that begins now records.
     *
     * @param showsTransactions whether the horizon accounts for open transactions, whose changes may be older
     */
    static Optional<Seen> seen(
            TableOptions options, Optional<SourceState> source, Horizon horizon, boolean showsTransactions) {
        return seen(options, source, now -> settled(now, horizon, showsTransactions));
    }

    private static boolean settled(SourceState source, Horizon horizon, boolean showsTransactions) {
        boolean horizonHolds = showsTransactions || !source.transactional();
        return horizonHolds && source.updated().get().isBefore(horizon.utc().minusSeconds(ROUNDING_SECONDS));
    }

    /**
     * Whether the last load that recorded its options read or stored rows in another way than these options say. Version
     * 0.1.0 recorded all options.
     */
    static boolean otherOptions(TableOptions options, TableState state) {
        return state.seen()
                .filter(seen -> !seen.hasOptions(hash(options.readText())))
                .filter(seen -> !seen.hasOptions(hash(options.stableText())))
                .isPresent();
    }

    /** What a load leaves if nothing has changed: the same, with the options as this version records them. */
    static Optional<Seen> still(TableOptions options, Optional<SourceState> source, Optional<Seen> before) {
        return before.flatMap(seen -> seen(options, source, now -> seen.settled()));
    }

    /** Includes the options, because other options may select other rows. */
    private static Optional<Seen> seen(
            TableOptions options, Optional<SourceState> source, Predicate<SourceState> settled) {
        return source.flatMap(
                now -> now.token().map(token -> Seen.of(token, hash(options.readText()), settled.test(now))));
    }

    private static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
