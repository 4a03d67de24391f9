package io.postgresloader.camel.operate;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check whose state is set by a function. */
final class HealthCheckOf extends AbstractHealthCheck {
    static final String GROUP = "loader";

    private final boolean readiness;
    private final Consumer<HealthCheckResultBuilder> check;

    /**
     * @param readiness whether the loader is not ready while this check is down
     * @param check sets the state, and details that name the problem; never an exception, whose text may hold values
     */
    HealthCheckOf(String id, boolean readiness, Consumer<HealthCheckResultBuilder> check) {
        super(GROUP, id);
        this.readiness = readiness;
        this.check = check;
    }

    @Override
    public boolean isReadiness() {
        return readiness;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        check.accept(builder);
    }
}
