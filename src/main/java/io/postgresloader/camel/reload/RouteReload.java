package io.postgresloader.camel.reload;

import io.postgresloader.camel.LoadGate;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * Reloads route files when they are saved. All files are checked together first. A file with a problem changes nothing,
 * and does not prevent the reload of other files. Camel's own reload is not used, since it stops all routes when one file
 * is saved, and loses routes that were created from templates.
 */
public final class RouteReload implements Reload {
    private static final String BUSY =
            "a load or a comparison is waiting for a lock or a server and cannot be interrupted; the loader tries again";

    private final RouteDirectory directory;
    private final RunningRoutes running;
    private final LoadGate gate;
    private final RouteCheck check;
    private final Reloads reloads;

    /** @param beans the beans that route files may name */
    public RouteReload(
            RouteDirectory directory,
            RunningRoutes running,
            LoadGate gate,
            CamelContext context,
            Map<String, Object> beans,
            Reloads reloads) {
        this.directory = directory;
        this.running = running;
        this.gate = gate;
        this.check = new RouteCheck(context, beans);
        this.reloads = reloads;
    }

    @Override
    public Object read() throws IOException {
        return directory.read();
    }

    @Override
    public boolean reload() throws IOException, InterruptedException {
        SortedMap<String, RouteFile> found = directory.read();
        reloads.unchanged(directory.path());
        SortedMap<String, RouteFile> before = running.files();
        SortedMap<String, RouteFile> usable = usable(before, found);
        forgetAllBut(changed(before, found));
        if (usable.equals(before)) {
            return true;
        }
        boolean done = gate.whenIdle(() -> replace(before, usable));
        if (!done) {
            changed(before, usable).forEach(name -> reloads.rejected(path(name, before, usable), 0, BUSY));
        }
        return done;
    }

    @Override
    public void unreadable(IOException why) {
        String what = why instanceof FileSystemException file && file.getFile() != null ? file.getFile() : "a file";
        reloads.rejected(
                directory.path(),
                0,
                what + " cannot be read; no route file is reloaded until it can be read or is deleted");
    }

    /** Ends the problems of files that match the running configuration again, or that were new and have been deleted. */
    private void forgetAllBut(Set<String> differing) {
        reloads.rejected().stream()
                .map(Reloads.Outcome::file)
                .filter(file -> directory.path().equals(file.getParent()))
                .filter(file -> !differing.contains(file.getFileName().toString()))
                .forEach(reloads::unchanged);
    }

    /** The files that were found, with the running version in place of each one that cannot be used. */
    private SortedMap<String, RouteFile> usable(
            SortedMap<String, RouteFile> before, SortedMap<String, RouteFile> found) {
        SortedMap<String, RouteFile> wanted = new TreeMap<>(found);
        SortedSet<String> changed = changed(before, wanted);
        while (!changed.isEmpty()) {
            try {
                check.check(changedLast(wanted, changed));
                return wanted;
            } catch (RouteProblem problem) {
                // If the problem belongs to no single changed file, no change is made.
                for (String name : changed.contains(problem.file()) ? List.of(problem.file()) : List.copyOf(changed)) {
                    reloads.rejected(path(name, before, wanted), lineIn(name, problem), reason(name, problem));
                    restore(name, before, wanted);
                }
                changed = changed(before, wanted);
            }
        }
        return before;
    }

    private void replace(SortedMap<String, RouteFile> before, SortedMap<String, RouteFile> usable) {
        SortedSet<String> changed = changed(before, usable);
        try {
            running.replace(usable);
        } catch (Exception e) {
            RouteProblem problem =
                    e instanceof RouteProblem known ? known : new RouteProblem("", 0, RouteProblem.reason(e));
            changed.forEach(
                    name -> reloads.rejected(path(name, before, usable), lineIn(name, problem), reason(name, problem)));
            return;
        }
        for (String name : changed) {
            if (usable.containsKey(name)) {
                reloads.applied(usable.get(name).path(), "");
            } else {
                reloads.removed(before.get(name).path());
            }
        }
    }

    private static SortedSet<String> changed(SortedMap<String, RouteFile> one, SortedMap<String, RouteFile> other) {
        SortedSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> one.get(name) != null && one.get(name).equals(other.get(name)));
        return names;
    }

    /** Of two files that conflict, the later one in this order is reported: the one that was just saved. */
    private static List<RouteFile> changedLast(SortedMap<String, RouteFile> files, SortedSet<String> changed) {
        List<RouteFile> ordered = new ArrayList<>();
        files.values().stream().filter(file -> !changed.contains(file.name())).forEach(ordered::add);
        files.values().stream().filter(file -> changed.contains(file.name())).forEach(ordered::add);
        return ordered;
    }

    private static void restore(String name, SortedMap<String, RouteFile> before, SortedMap<String, RouteFile> wanted) {
        if (before.containsKey(name)) {
            wanted.put(name, before.get(name));
        } else {
            wanted.remove(name);
        }
    }

    private static Path path(String name, SortedMap<String, RouteFile> before, SortedMap<String, RouteFile> wanted) {
        return (wanted.containsKey(name) ? wanted : before).get(name).path();
    }

    private static int lineIn(String name, RouteProblem problem) {
        return name.equals(problem.file()) ? problem.line() : 0;
    }

    private static String reason(String name, RouteProblem problem) {
        boolean other = !problem.file().isEmpty() && !problem.file().equals(name);
        return other ? problem.file() + ": " + problem.getMessage() : problem.getMessage();
    }
}
