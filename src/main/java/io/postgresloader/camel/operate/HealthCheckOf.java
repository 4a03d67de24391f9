package io.postgresloader.camel.operate;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** One health check, written as a function. */
final class HealthCheckOf extends AbstractHealthCheck {
    static final String GROUP = "loader";

    private final boolean readiness;
    private final Consumer<HealthCheckResultBuilder> check;

    /**
     * @param readiness whether the loader is not ready while this is down
     * @param check sets the state, and data that name what is wrong; no exception, since those quote drivers
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
