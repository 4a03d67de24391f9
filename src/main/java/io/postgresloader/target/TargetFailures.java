package io.postgresloader.target;

import io.postgresloader.database.Warehouse;
import io.postgresloader.model.Failure;
import io.postgresloader.model.FailureKind;
import io.postgresloader.sql.SqlFailures;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Failures of statements about a target table, with what the catalog says of them: a SQLSTATE alone names neither a
 * publication nor an event trigger.
 */
public final class TargetFailures {
    private static final String NOT_IN_THIS_STATE = "55000";
    private static final String NO_RIGHT = "42501";

    private final Warehouse warehouse;

    public TargetFailures(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** The failure behind an exception. */
    public Failure of(String table, Throwable thrown) {
        return explained(table, thrown).orElseGet(() -> SqlFailures.of(thrown));
    }

    /**
     * The failure behind an exception, of kind SCHEMA; empty if the catalog does not explain it. It is read on a
     * connection of its own, since the transaction of the statement has failed.
     */
    public Optional<Failure> explained(String table, Throwable thrown) {
        Optional<PSQLException> postgres = postgres(thrown);
        if (postgres.isEmpty()) {
            return Optional.empty();
        }
        TransactionTemplate separately = warehouse.transaction();
        separately.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        try {
            return separately.execute(status -> explained(table, postgres.get()));
        } catch (DataAccessException | TransactionException e) {
            return Optional.empty();
        }
    }

    private Optional<Failure> explained(String table, PSQLException thrown) {
        if (NOT_IN_THIS_STATE.equals(thrown.getSQLState())) {
            List<String> missing = new ReplicaIdentity(warehouse).missing(table);
            return missing.isEmpty() ? Optional.empty() : Optional.of(failure(thrown, String.join("; ", missing)));
        }
        ServerErrorMessage message = thrown.getServerErrorMessage();
        String context = message == null || message.getWhere() == null ? "" : message.getWhere();
        return context.isEmpty() ? Optional.empty() : ofEventTrigger(thrown, context);
    }

    /** Nothing is taken from the context, which may quote values: it is only searched for the name of the function. */
    private Optional<Failure> ofEventTrigger(PSQLException thrown, String context) {
        boolean noRight = NO_RIGHT.equals(thrown.getSQLState());
        return new EventTriggers(warehouse)
                .enabled().stream()
                        .filter(trigger -> context.contains(trigger.function()))
                        .findFirst()
                        .map(trigger -> failure(
                                thrown,
                                "the event trigger " + trigger.name()
                                        + " of the target's database fails when the loader"
                                        + " creates or changes a table, temporary ones included: "
                                        + SqlFailures.of(thrown).message() + "; run: "
                                        + (noRight && !trigger.asOwner() ? trigger.runAsOwner() + ", or: " : "")
                                        + trigger.disable()));
    }

    private static Failure failure(PSQLException thrown, String message) {
        return new Failure(FailureKind.SCHEMA, Optional.ofNullable(thrown.getSQLState()), message);
    }

    private static Optional<PSQLException> postgres(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException postgres) {
                return Optional.of(postgres);
            }
        }
        return Optional.empty();
    }
}
