package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.store.Change;
import dev.mergeway.schema.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A change as a server-sent event: its data is the thing as the API's list shows it now, a resource's only its names. */
final class EventText {
    /** A comment, which readers skip. */
    static final String HEARTBEAT = ": still here\n\n";

    private final Ledger ledger;
    private final AtomicLong ids = new AtomicLong();

    EventText(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What a stream begins with. Nothing is kept for a reader that comes back, so it is told to read again. */
    static String hello(boolean returning) {
        return "retry: 3000\n" + HEARTBEAT + (returning ? "event: reset\ndata: {}\n\n" : "");
    }

    /** Events were missed. */
    String reset() {
        return event("reset", Map.of());
    }

    String of(Change change) {
        return event(change.kind(), data(change));
    }

    private String event(String name, Map<String, Object> data) {
        return "id: " + ids.incrementAndGet() + "\nevent: " + name + "\ndata: " + Json.text(data) + "\n\n";
    }

    private Map<String, Object> data(Change change) {
        return switch (change) {
            case Change.Environment(String name) ->
                ledger.environment(name)
                        .map(state -> Shapes.environment(state, ledger.count(name)))
                        .orElseGet(() -> gone("name", name));
            case Change.Resource(String environment, ResourceKey key) -> names(environment, key);
            case Change.Pull(String repository, int number) ->
                ledger.pull(repository, number).map(Shapes::pull).orElseGet(() -> gone("repository", repository));
            case Change.Run(String id) -> ledger.outline(id).map(Shapes::run).orElseGet(() -> gone("id", id));
        };
    }

    private static Map<String, Object> gone(String name, String value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(name, value);
        tree.put("gone", true);
        return tree;
    }

    private static Map<String, Object> names(String environment, ResourceKey key) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("environment", environment);
        tree.put("provider", key.provider());
        tree.put("target", key.target());
        tree.put("type", key.type());
        tree.put("namespace", key.namespace());
        tree.put("name", key.name());
        return tree;
    }
}
