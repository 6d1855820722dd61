package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.KubernetesScope;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The rights on a cluster that making, watching and removing objects needs, and no more.
 *
 * @param rules by API group and verbs, sorted: first what is changed, then what is only read
 * @param notes what cannot be told without the cluster, for whoever gives the rights
 */
public record KubernetesRights(List<Rule> rules, List<String> notes) {
    /** What is asked for to make an object, see it change, and remove it again. */
    public static final List<String> CHANGE = List.of("get", "list", "watch", "create", "patch", "delete");

    /** What is asked for to look at what explains another object's health. */
    public static final List<String> READ = List.of("get", "list");

    /** Of the service itself: where its environments are, and the parents of its inventories. */
    private static final Set<Type> OWN = Set.of(new Type("", "Namespace"), new Type("", "ConfigMap"));

    /** Where the reason stands why something is not healthy. */
    private static final Set<Type> EXPLAIN =
            Set.of(new Type("", "Event"), new Type("", "Pod"), new Type("apps", "ReplicaSet"));

    /** What an apiVersion and a kind look like; anything else is an expression, or no name at all. */
    private static final Pattern VERSION = Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?v[a-z0-9]{1,62}");

    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");

    public KubernetesRights {
        rules = List.copyOf(rules);
        notes = List.copyOf(notes);
    }

    /**
     * One rule of a role.
     *
     * @param apiGroup "" for the core group
     * @param resources plural names, sorted
     * @param verbs what may be done to them
     */
    public record Rule(String apiGroup, List<String> resources, List<String> verbs) {
        public Rule {
            resources = List.copyOf(resources);
            verbs = List.copyOf(verbs);
        }
    }

    private record Type(String group, String kind) {
        /** The type of an object; null where it is not known beforehand. */
        static @org.jspecify.annotations.Nullable Type of(Map<String, Object> body) {
            String version = Trees.text(body.get("apiVersion"), "");
            String kind = Trees.text(body.get("kind"), "");
            if (!VERSION.matcher(version).matches() || !KIND.matcher(kind).matches()) {
                return null;
            }
            return new Type(version.substring(0, Math.max(0, version.indexOf('/'))), kind);
        }
    }

    /**
     * The rights for all that blueprints may make and that resources are.
     *
     * @param blueprints whose kinds count, whether anybody uses them or not
     * @param resources more objects, of plain manifests; a CRD among them tells the plural of its kind
     */
    public static KubernetesRights of(Collection<Blueprint> blueprints, Collection<ConcreteResource> resources) {
        Set<Type> types = new java.util.HashSet<>(OWN);
        List<Map<String, Object>> bodies = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Blueprint blueprint : blueprints) {
            for (Blueprint.Template template : blueprint.resources()) {
                if (template.provider().equals("kubernetes")) {
                    Type type = Type.of(template.body());
                    if (type == null) {
                        notes.add("Resource " + template.id() + " of blueprint " + blueprint.name()
                                + " has a kind that is not known beforehand: add a rule for each that it may have.");
                    } else {
                        types.add(type);
                        bodies.add(template.body());
                    }
                }
            }
        }
        for (ConcreteResource resource : resources) {
            Type type = resource.key().provider().equals("kubernetes") ? Type.of(resource.body()) : null;
            if (type != null) {
                types.add(type);
                bodies.add(resource.body());
            }
        }
        return of(types, defined(bodies), notes);
    }

    private static KubernetesRights of(Set<Type> types, Map<String, String> defined, List<String> notes) {
        Set<String> all = new TreeSet<>(notes);
        Map<String, Set<String>> change = new TreeMap<>();
        for (Type type : types) {
            String plural = defined.get(type.group() + "/" + type.kind());
            if (plural == null && !KubernetesScope.ownGroup(type.group())) {
                all.add("The plural of " + type.group() + " " + type.kind() + " is taken to be "
                        + KubernetesKinds.plural(type.kind()) + "; kubectl api-resources tells it.");
            }
            if (type.group().equals("rbac.authorization.k8s.io")) {
                all.add("To give others rights with a " + type.kind() + ", the service must have them itself: "
                        + "bind and escalate are left out on purpose.");
            }
            change.computeIfAbsent(type.group(), group -> new TreeSet<>())
                    .add(plural == null ? KubernetesKinds.plural(type.kind()) : plural);
        }
        Map<String, Set<String>> read = new TreeMap<>();
        EXPLAIN.stream()
                .filter(type -> !types.contains(type))
                .forEach(type -> read.computeIfAbsent(type.group(), group -> new TreeSet<>())
                        .add(KubernetesKinds.plural(type.kind())));
        List<Rule> rules = new ArrayList<>();
        change.forEach((group, resources) -> rules.add(new Rule(group, List.copyOf(resources), CHANGE)));
        read.forEach((group, resources) -> rules.add(new Rule(group, List.copyOf(resources), READ)));
        return new KubernetesRights(rules, List.copyOf(all));
    }

    /** Plurals that CRDs give, by group and kind. */
    private static Map<String, String> defined(List<Map<String, Object>> bodies) {
        Map<String, String> defined = new TreeMap<>();
        for (Map<String, Object> body : bodies) {
            if ("CustomResourceDefinition".equals(body.get("kind"))) {
                Map<String, Object> spec = Trees.map(body.get("spec"));
                Map<String, Object> names = Trees.map(spec.get("names"));
                String plural = Trees.text(names.get("plural"), "");
                if (KIND.matcher(plural).matches()) {
                    defined.put(Trees.text(spec.get("group"), "") + "/" + Trees.text(names.get("kind"), ""), plural);
                }
            }
        }
        return defined;
    }
}
