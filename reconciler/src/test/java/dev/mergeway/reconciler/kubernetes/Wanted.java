package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Desired resources from YAML, as the flows hand them to a target. */
final class Wanted {
    static final String REPOSITORY = "shop";

    private Wanted() {}

    /** Every document of the text; {@code NS} in it stands for the environment, which is the namespace too. */
    static List<Desired> all(String environment, String yaml) {
        List<Desired> all = new ArrayList<>();
        Load load = new Load(LoadSettings.builder().build());
        for (Object document : load.loadAllFromString(yaml.replace("NS", environment))) {
            if (document != null) {
                all.add(desired(environment, Look.map(document)));
            }
        }
        return all;
    }

    static Desired one(String environment, String yaml) {
        return all(environment, yaml).getFirst();
    }

    /** The same object in the environment's namespace, for manifests that name none. */
    static Desired in(String environment, Desired one) {
        Map<String, Object> metadata = new LinkedHashMap<>(Look.map(one.body(), "metadata"));
        metadata.put("namespace", environment);
        Map<String, Object> body = new LinkedHashMap<>(one.body());
        body.put("metadata", metadata);
        return desired(environment, body);
    }

    private static Desired desired(String environment, Map<String, Object> document) {
        SpecKey spec = new SpecKey(environment, "Manifests", "test");
        Ownership owner = new Ownership(REPOSITORY, spec, false);
        Map<String, Object> metadata = new LinkedHashMap<>(Look.map(document, "metadata"));
        Map<String, Object> labels = new LinkedHashMap<>(Look.map(metadata, "labels"));
        labels.putAll(owner.labels());
        metadata.put("labels", labels);
        Map<String, Object> body = new LinkedHashMap<>(Trees.copy(document));
        body.put("metadata", metadata);
        ResourceKey key = new ResourceKey(
                "kubernetes",
                "test",
                Look.text(document, "apiVersion") + "/" + Look.text(document, "kind"),
                Look.text(metadata, "namespace"),
                Look.text(metadata, "name"));
        return new Desired(key, owner, body, Map.of(), Set.of());
    }
}
