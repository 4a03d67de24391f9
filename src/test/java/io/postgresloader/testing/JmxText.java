package io.postgresloader.testing;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** All that the management beans of this JVM show, as text and as deep as a console that follows getters goes. */
public final class JmxText {
    /** Beyond it there is nothing but the parents again. */
    private static final int DEEPEST = 5;

    private JmxText() {}

    /** One line for each readable attribute of each bean: the bean's name, the attribute's and its value. */
    public static List<String> attributes() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> lines = new ArrayList<>();
        for (ObjectName bean : server.queryNames(null, null)) {
            try {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                    if (attribute.isReadable()) {
                        String name = attribute.getName();
                        lines.add(bean + " " + name + " = " + text(value(server, bean, name), DEEPEST));
                    }
                }
            } catch (JMException e) {
                lines.add(bean + " was unregistered");
            }
        }
        return lines;
    }

    /** A failing attribute is shown by its exception, which a console would show as well. */
    private static Object value(MBeanServer server, ObjectName bean, String attribute) {
        try {
            return server.getAttribute(bean, attribute);
        } catch (JMException | RuntimeException e) {
            return e;
        }
    }

    private static String text(Object value, int depth) {
        if (value == null || depth == 0) {
            return String.valueOf(value);
        }
        if (value.getClass().isArray()) {
            return all(
                    IntStream.range(0, Array.getLength(value))
                            .mapToObj(i -> Array.get(value, i))
                            .toList(),
                    depth);
        }
        if (value instanceof Collection<?> values) {
            return all(values, depth);
        }
        if (value instanceof TabularData table) {
            return all(table.values(), depth);
        }
        if (value instanceof CompositeData composite) {
            return all(composite.values(), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return all(map.entrySet(), depth);
        }
        return value instanceof Throwable thrown
                ? thrown + " caused by " + text(thrown.getCause(), depth - 1) + getters(thrown, depth)
                : value + getters(value, depth);
    }

    private static String all(Collection<?> values, int depth) {
        return values.stream().map(value -> text(value, depth - 1)).toList().toString();
    }

    /** What the getters of an object of the libraries in use answer; those of the JDK show no more than their text. */
    private static String getters(Object value, int depth) {
        if (value.getClass().getName().startsWith("java") || value instanceof Enum) {
            return "";
        }
        return Arrays.stream(value.getClass().getMethods())
                .filter(method ->
                        method.getParameterCount() == 0 && method.getName().startsWith("get"))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .map(method -> method.getName() + ": " + answer(method, value, depth))
                .toList()
                .toString();
    }

    private static String answer(Method getter, Object value, int depth) {
        try {
            return text(getter.invoke(value), depth - 1);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "not to be had";
        }
    }
}
