package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what there is to judge in a spec: itself, and every resource in its {@code resources}. Pure. */
public final class Subjects {
    private Subjects() {}

    /**
     * The subjects of one spec.
     *
     * @param catalogue to know the kinds and defaults by
     * @param environment where it belongs
     * @param repository name of the repository that the spec is from
     * @param spec the spec as it is asked for
     * @param old the spec as it was, null where it is new
     */
    public static List<Subject> of(
            Catalogue catalogue, Environment environment, String repository, Spec spec, @Nullable Spec old) {
        List<Subject> subjects = new ArrayList<>();
        Map<String, Object> before = old == null ? null : filled(catalogue.ofKind(spec.kind()), old.body());
        subjects.add(new Subject(
                spec.kind(),
                spec.metadata(),
                filled(catalogue.ofKind(spec.kind()), spec.body()),
                before,
                environment,
                new Origin(repository, spec, "")));
        resources(spec).forEach((name, resource) -> {
            Map<String, Object> was = old == null ? null : resources(old).get(name);
            blueprint(catalogue, resource)
                    .ifPresent(found -> subjects.add(new Subject(
                            Optional.ofNullable(found.kind()).orElse(String.valueOf(found.type())),
                            named(spec.metadata(), name),
                            filled(Optional.of(found), params(resource)),
                            was == null ? null : filled(Optional.of(found), params(was)),
                            environment,
                            new Origin(repository, spec, Pointers.child("/resources", name) + "/params"))));
        });
        return subjects;
    }

    private static Metadata named(Metadata of, String name) {
        return new Metadata(of.name() + "-" + name, of.environment(), of.team(), of.labels(), of.annotations());
    }

    private static Optional<Blueprint> blueprint(Catalogue catalogue, Map<String, Object> resource) {
        Object clazz = resource.get("class");
        return resource.get("type") instanceof String type
                ? catalogue.ofType(type, clazz == null ? "default" : clazz.toString())
                : Optional.empty();
    }

    private static Map<String, Map<String, Object>> resources(Spec spec) {
        Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
        if (spec.body().get("resources") instanceof Map<?, ?> map) {
            map.forEach((name, resource) -> resources.put(String.valueOf(name), tree(resource)));
        }
        return resources;
    }

    private static Map<String, Object> params(Map<String, Object> resource) {
        return tree(resource.get("params"));
    }

    private static Map<String, Object> tree(@Nullable Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> tree.put(String.valueOf(key), child));
        }
        return tree;
    }

    /** What is asked for, with the defaults of the parameters at the top. */
    private static Map<String, Object> filled(Optional<Blueprint> blueprint, Map<String, Object> body) {
        Map<String, Object> filled = new LinkedHashMap<>();
        Object properties =
                blueprint.map(found -> found.parameters().get("properties")).orElse(null);
        if (properties instanceof Map<?, ?> map) {
            map.forEach((name, schema) -> {
                if (schema instanceof Map<?, ?> one && one.get("default") != null) {
                    filled.put(String.valueOf(name), one.get("default"));
                }
            });
        }
        filled.putAll(body);
        return filled;
    }
}
