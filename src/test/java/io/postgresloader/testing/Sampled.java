package io.postgresloader.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A parameterized test many of whose cases are variants of each other. {@code mvn verify} runs the first and every n-th
 * after it, {@code -Pfull} all of them.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Sampled.Condition.class)
public @interface Sampled {
    /** One case of so many is run. */
    int oneOf();

    /** Reads the annotation. */
    final class Condition implements ExecutionCondition {
        private static final Pattern CASE = Pattern.compile("test-template-invocation:#(\\d+)]$");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Matcher number = CASE.matcher(context.getUniqueId());
            int oneOf = AnnotationSupport.findAnnotation(context.getElement(), Sampled.class)
                    .map(Sampled::oneOf)
                    .orElse(1);
            return Extent.full() || !number.find() || (Integer.parseInt(number.group(1)) - 1) % oneOf == 0
                    ? ConditionEvaluationResult.enabled("one of " + oneOf)
                    : ConditionEvaluationResult.disabled("a variant, which -Pfull runs");
        }
    }
}
