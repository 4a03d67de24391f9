package io.postgresloader.camel.reload;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;

/**
 * Checks that the beans of the loader have the methods that steps and expressions call. Camel finds a missing method of a
 * step when the first message arrives.
 */
final class MethodCheck {
    private static final Pattern BEAN_FUNCTION = Pattern.compile("\\$\\{bean:(\\w+)(?:\\?method=|\\.|::)(\\w+)");

    private final Map<String, Object> beans;

    /** @param beans those that route files may name; beans that a route file declares itself are not checked */
    MethodCheck(Map<String, Object> beans) {
        this.beans = beans;
    }

    /** @throws RouteProblem when a step of {@code parent}, or an expression of a step, calls a method that its bean lacks */
    void require(String file, ProcessorDefinition<?> parent) throws RouteProblem {
        for (BeanDefinition step :
                ProcessorDefinitionHelper.filterTypeInOutputs(parent.getOutputs(), BeanDefinition.class)) {
            require(file, step.getLineNumber(), step.getRef(), step.getMethod());
        }
        for (ExpressionNode step :
                ProcessorDefinitionHelper.filterTypeInOutputs(parent.getOutputs(), ExpressionNode.class)) {
            if (step.getExpression() != null) {
                require(file, step.getLineNumber(), step.getExpression());
            }
        }
    }

    private void require(String file, int line, ExpressionDefinition expression) throws RouteProblem {
        if (expression instanceof MethodCallExpression call) {
            require(file, line, call.getRef(), call.getMethod());
            return;
        }
        Matcher call = BEAN_FUNCTION.matcher(
                Optional.ofNullable(expression.getExpression()).orElse(""));
        while (call.find()) {
            require(file, line, call.group(1), call.group(2));
        }
    }

    private void require(String file, int line, String ref, String method) throws RouteProblem {
        Object bean = ref == null || method == null ? null : beans.get(ref);
        if (bean == null) {
            return;
        }
        String name = method.replaceFirst("\\(.*", "").strip();
        if (methods(bean).noneMatch(name::equals)) {
            throw new RouteProblem(
                    file,
                    line,
                    "bean '" + ref + "' has no method '" + method + "'; it has: "
                            + methods(bean).distinct().sorted().collect(Collectors.joining(", ")) + "; "
                            + OlderRoutes.SEE);
        }
    }

    private static Stream<String> methods(Object bean) {
        return Stream.of(bean.getClass().getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .map(Method::getName);
    }
}
