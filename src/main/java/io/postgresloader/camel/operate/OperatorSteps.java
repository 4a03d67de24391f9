package io.postgresloader.camel.operate;

import io.postgresloader.camel.LoadGate;
import io.postgresloader.camel.LogTable;
import io.postgresloader.load.run.Replays;
import io.postgresloader.model.LoadRequest;
import io.postgresloader.model.LoadResult;
import io.postgresloader.sql.SqlFailures;
import io.postgresloader.verify.RecordedVerify;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code operator}: carries out requests of operators. */
public final class OperatorSteps {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorSteps.class);

    private final RecordedVerify verify;
    private final Replays replays;
    private final LoadGate gate;

    public OperatorSteps(RecordedVerify verify, Replays replays, LoadGate gate) {
        this.verify = verify;
        this.replays = replays;
        this.gate = gate;
    }

    /** Carries out the request and logs the result; never fails. */
    public void run(@Body OperatorRequest request) {
        String before = LogTable.begin(request.table());
        try {
            if (gate.enter()) {
                carryOut(request);
            } else {
                LOG.warn("{}: routes are being replaced; repeat the request", request.table());
            }
        } finally {
            LogTable.end(before);
        }
    }

    private void carryOut(OperatorRequest request) {
        try {
            if (request.kind() == OperatorRequest.Kind.VERIFY) {
                LOG.info(
                        "{}: {}",
                        request.table(),
                        verify.verify(request.table()).summary());
            } else {
                LoadResult done = replays.replay(LoadRequest.replayAll(request.table()));
                LOG.info("{}: replayed, {}", request.table(), done.outcome().word());
            }
        } catch (RuntimeException e) {
            LOG.error("{}: {} failed: {}", request.table(), request.kind(), SqlFailures.of(e));
        } finally {
            gate.leave();
        }
    }
}
