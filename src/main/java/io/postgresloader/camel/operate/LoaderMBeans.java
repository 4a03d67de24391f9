package io.postgresloader.camel.operate;

import io.postgresloader.camel.PausedTables;
import io.postgresloader.monitor.TableHealthMonitor;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.springframework.jmx.export.MBeanExporter;
import org.springframework.jmx.export.annotation.AnnotationJmxAttributeSource;
import org.springframework.jmx.export.assembler.MetadataMBeanInfoAssembler;

/** The loader's own MBeans, in the domain {@code io.postgresloader}. */
public final class LoaderMBeans implements AutoCloseable {
    private static final String DOMAIN = "io.postgresloader";

    private final MBeanExporter exporter = new MBeanExporter();
    private final PausedTables paused;
    private final TableHealthMonitor monitor;
    private final ObjectName loader = name("type", "Loader");
    private final Map<String, ObjectName> tables = new HashMap<>();

    public LoaderMBeans(LoaderBean bean, PausedTables paused, TableHealthMonitor monitor) {
        this.paused = paused;
        this.monitor = monitor;
        exporter.setAssembler(new MetadataMBeanInfoAssembler(new AnnotationJmxAttributeSource()));
        exporter.afterPropertiesSet();
        exporter.registerManagedResource(bean, loader);
    }

    /** Registers MBeans for these tables and removes those of all others. */
    public synchronized void show(Collection<String> list) {
        Set<String> removed = new HashSet<>(tables.keySet());
        removed.removeAll(list);
        removed.forEach(table -> exporter.unregisterManagedResource(tables.remove(table)));
        for (String table : list) {
            if (!tables.containsKey(table)) {
                ObjectName name = name("type", "Table", "name", ObjectName.quote(table));
                exporter.registerManagedResource(new TableBean(table, paused, monitor), name);
                tables.put(table, name);
            }
        }
    }

    @Override
    public synchronized void close() {
        tables.values().forEach(exporter::unregisterManagedResource);
        tables.clear();
        exporter.unregisterManagedResource(loader);
    }

    private static ObjectName name(String... keysAndValues) {
        Hashtable<String, String> properties = new Hashtable<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            return new ObjectName(DOMAIN, properties);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
