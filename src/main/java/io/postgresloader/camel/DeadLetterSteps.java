package io.postgresloader.camel;

import io.postgresloader.load.run.Position;
import io.postgresloader.model.DeadLetters;
import io.postgresloader.tracking.DeadLetterRow;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Bean {@code deadLetters}: turns dead letters into the records that the route {@code dead-letter} stores. */
public final class DeadLetterSteps {
    /** The load id of a load that failed before it was planned. */
    private static final String NOT_BEGUN = "not begun";

    /** One record for each dead letter of the body. */
    public List<DeadLetterRow> rows(@Body DeadLetters found, @Variable(LoadVariables.POSITION) Position position) {
        String loadId =
                position == null ? NOT_BEGUN : position.bookmark().load().loadId();
        return found.deadLetters().stream()
                .map(deadLetter -> DeadLetterRow.of(deadLetter, loadId))
                .toList();
    }
}
