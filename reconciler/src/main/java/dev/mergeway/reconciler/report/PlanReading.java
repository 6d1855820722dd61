package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.validate.TreeNodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads back from a plan's JSON what was shown. */
public final class PlanReading {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlanReading() {}

    /** The resources that a plan said it would delete or replace; none where the text is no plan. */
    public static Set<ResourceKey> destroyed(String plan) {
        Set<ResourceKey> keys = new HashSet<>();
        try {
            Map<String, Object> tree = TreeNodes.map(JSON.readTree(plan));
            if (tree.get("steps") instanceof List<?> steps) {
                for (Object step : steps) {
                    String action = Trees.text(step, "/action");
                    if (action.equals("delete") || action.equals("replace")) {
                        keys.add(key(step));
                    }
                }
            }
        } catch (JacksonException e) {
            return Set.of();
        }
        return keys;
    }

    /** The steps of a plan that require something first, such as {@code approval}: what is done to which resource. */
    public static Map<ResourceKey, String> requiring(String plan, String what) {
        Map<ResourceKey, String> actions = new HashMap<>();
        try {
            if (TreeNodes.map(JSON.readTree(plan)).get("steps") instanceof List<?> steps) {
                for (Object step : steps) {
                    if (Trees.at(step, "/requires") instanceof List<?> requires && requires.contains(what)) {
                        actions.put(key(step), Trees.text(step, "/action"));
                    }
                }
            }
        } catch (JacksonException e) {
            return Map.of();
        }
        return actions;
    }

    /** The environments that a plan is about; none where the text is no plan. */
    public static Set<String> environments(String plan) {
        Set<String> names = new HashSet<>();
        try {
            if (TreeNodes.map(JSON.readTree(plan)).get("environments") instanceof List<?> list) {
                list.forEach(name -> names.add(String.valueOf(name)));
            }
        } catch (JacksonException e) {
            return Set.of();
        }
        return names;
    }

    /** The hash of a plan; "" where the text is no plan. */
    public static String hash(String plan) {
        try {
            return Trees.text(TreeNodes.map(JSON.readTree(plan)), "/hash");
        } catch (JacksonException e) {
            return "";
        }
    }

    private static ResourceKey key(Object step) {
        return new ResourceKey(
                Trees.text(step, "/resource/provider"),
                Trees.text(step, "/resource/target"),
                Trees.text(step, "/resource/type"),
                Trees.text(step, "/resource/namespace"),
                Trees.text(step, "/resource/name"));
    }
}
