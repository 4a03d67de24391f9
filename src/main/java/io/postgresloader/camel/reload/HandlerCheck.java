package io.postgresloader.camel.reload;

import java.util.Map;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.reifier.errorhandler.ErrorHandlerReifier;

/** Looks at what a configuration does on an exception, which Camel looks at when an exception comes, and not before. */
final class HandlerCheck {
    private final ModelCamelContext context;
    private final Map<String, Object> beans;

    /** @param beans what route files may name */
    HandlerCheck(ModelCamelContext context, Map<String, Object> beans) {
        this.context = context;
        this.beans = beans;
    }

    /** @throws RouteProblem when a class, a bean, a condition or a number is not what it should be */
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
