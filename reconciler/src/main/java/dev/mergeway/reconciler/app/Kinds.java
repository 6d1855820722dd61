package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.flow.Offer;
import dev.mergeway.reconciler.http.KindCatalogue;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.validate.EngineSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The kinds of whatever the platform offers now. */
final class Kinds implements KindCatalogue {
    private final Supplier<Offer> offer;

    Kinds(Supplier<Offer> offer) {
        this.offer = offer;
    }

    @Override
    public List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (String name : EngineSchemas.KINDS) {
            kinds.add(new Kind(name, "", "", "", description(EngineSchemas.of(name))));
        }
        for (Blueprint blueprint : offer.get().catalogue().blueprints()) {
            String kind = blueprint.kind();
            if (kind != null && !EngineSchemas.KINDS.contains(kind)) {
                kinds.add(kind(blueprint, kind));
            }
        }
        return kinds;
    }

    private Kind kind(Blueprint blueprint, String name) {
        String team = blueprint.spec().metadata().team();
        return new Kind(
                name,
                Optional.ofNullable(blueprint.type()).orElse(""),
                blueprint.version(),
                team == null ? "" : team,
                description(schema(name)));
    }

    @Override
    public Optional<Map<String, Object>> schema(String kind) {
        return offer.get().catalogue().schema(kind);
    }

    private static String description(Optional<Map<String, Object>> schema) {
        Object description = schema.map(found -> found.get("description")).orElse(null);
        return description == null ? "" : description.toString();
    }
}
