package dev.mergeway.reconciler.resource;

import java.util.List;
import java.util.Map;

/**
 * A live resource with what explains its health.
 *
 * @param live the resource
 * @param related trees of what it made (its pods) and of the events about them, newest last; empty where it is healthy
 *     on its own or nothing is known
 */
public record Observation(Live live, List<Map<String, Object>> related) {
    public Observation {
        related = List.copyOf(related);
    }
}
