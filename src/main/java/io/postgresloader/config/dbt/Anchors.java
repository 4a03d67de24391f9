package io.postgresloader.config.dbt;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds what a document has in several places by an anchor and aliases: an edit of one place would change them all. */
final class Anchors {
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> shared = Collections.newSetFromMap(new IdentityHashMap<>());

    Anchors(Node root) {
        visit(root);
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            shared.add(node);
        } else if (node instanceof MappingNode map) {
            map.getValue().forEach(tuple -> {
                visit(tuple.getKeyNode());
                visit(tuple.getValueNode());
            });
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::visit);
        }
    }

    /** Whether other places have the same node. */
    boolean shares(Node node) {
        return shared.contains(node);
    }

    /** Whether the node, or anything in it, is in other places as well. */
    boolean sharesAny(Node node) {
        if (shares(node)) {
            return true;
        }
        if (node instanceof MappingNode map) {
            return map.getValue().stream()
                    .anyMatch(tuple -> sharesAny(tuple.getKeyNode()) || sharesAny(tuple.getValueNode()));
        }
        return node instanceof SequenceNode list && list.getValue().stream().anyMatch(this::sharesAny);
    }
}
