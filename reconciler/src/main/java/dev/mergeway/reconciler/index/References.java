package dev.mergeway.reconciler.index;

import dev.mergeway.schema.Placement;
import dev.mergeway.schema.model.Spec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a spec refers to outside itself, read off its body without expanding it. */
public final class References {
    private References() {}

    /**
     * Files and folders that it names: the {@code path} of a Manifests, and every {@code source} of the {@code files} of
     * a container. Paths that leave the repository are left out; expanding says so.
     */
    static List<String> reads(Spec spec) {
        List<String> reads = new ArrayList<>();
        String folder = Placement.folder(spec.document().file());
        if (spec.kind().equals("Manifests") && spec.body().get("path") instanceof String path) {
            add(reads, folder, path);
        }
        if (spec.body().get("containers") instanceof Map<?, ?> containers) {
            containers.values().forEach(container -> sources(container, folder, reads));
        }
        return reads;
    }

    private static void sources(Object container, String folder, List<String> reads) {
        if (!(container instanceof Map<?, ?> map)) {
            return;
        }
        Iterable<?> files = switch (map.get("files")) {
            case Map<?, ?> byPath -> byPath.values();
            case List<?> list -> list;
            case null, default -> List.of();
        };
        for (Object file : files) {
            if (file instanceof Map<?, ?> entry && entry.get("source") instanceof String source) {
                add(reads, folder, source);
            }
        }
    }

    private static void add(List<String> reads, String folder, String relative) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + relative).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        reads.add(String.join("/", parts));
    }

    /**
     * The specs that its resources of type {@code service} stand for.
     *
     * @return names of specs by the names of the resources; without those that have a placeholder, of which nobody can tell
     */
    public static Map<String, String> calls(Spec spec) {
        Map<String, String> calls = new TreeMap<>();
        if (spec.body().get("resources") instanceof Map<?, ?> resources) {
            resources.forEach((entry, resource) -> {
                if (resource instanceof Map<?, ?> map && "service".equals(map.get("type"))) {
                    Object named = map.get("params") instanceof Map<?, ?> params ? params.get("name") : null;
                    String name = String.valueOf(named == null ? entry : named);
                    if (!name.contains("${")) {
                        calls.put(String.valueOf(entry), name);
                    }
                }
            });
        }
        return calls;
    }

    /** Resources with an id of their own, which other specs of the environment may share. */
    static List<String> shares(Spec spec) {
        List<String> shares = new ArrayList<>();
        if (spec.body().get("resources") instanceof Map<?, ?> resources) {
            for (Object resource : resources.values()) {
                if (resource instanceof Map<?, ?> map && map.get("id") instanceof String id) {
                    Object clazz = map.get("class");
                    shares.add(map.get("type") + "." + (clazz == null ? "default" : clazz) + "#" + id);
                }
            }
        }
        return shares;
    }
}
