package io.postgresloader.camel.reload;

import java.util.Map;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.reifier.errorhandler.ErrorHandlerReifier;

/** Checks the exception handlers of route configurations. Camel checks them only when an exception occurs. */
final class HandlerCheck {
    private final ModelCamelContext context;
    private final Map<String, Object> beans;

    /** @param beans the beans that route files may name */
    HandlerCheck(ModelCamelContext context, Map<String, Object> beans) {
        this.context = context;
        this.beans = beans;
    }

    /** @throws RouteProblem when a handler names an unknown class or bean, or has an invalid condition or number */
    void require(RouteFileContents contents, OnExceptionDefinition handler) throws RouteProblem {
        String file = contents.file().name();
        for (String bean : new String[] {handler.getOnRedeliveryRef(), handler.getOnExceptionOccurredRef()}) {
            if (bean != null && !beans.containsKey(bean)) {
                throw new RouteProblem(file, handler.getLineNumber(), "there is no bean '" + bean + "'");
            }
        }
        try {
            for (String type : handler.getExceptions()) {
                context.getClassResolver().resolveMandatoryClass(type, Throwable.class);
            }
            if (handler.getOnWhen() != null) {
                context.createPredicate(handler.getOnWhen().getExpression()).init(context);
            }
            if (handler.getRedeliveryPolicyType() != null) {
                ErrorHandlerReifier.createRedeliveryPolicy(handler.getRedeliveryPolicyType(), context, null);
            }
        } catch (ClassNotFoundException | RuntimeException e) {
            throw new RouteProblem(file, handler.getLineNumber(), RouteProblem.reason(e));
        }
    }
}
