package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import java.util.Optional;

/** In whose hands a live object is, seen from a specification that wants it. */
sealed interface Holder {
    /** Of the same repository and environment; it may have belonged to another specification there. */
    record Ours() implements Holder {}

    /** Nobody's that we know: it may be adopted when approved. */
    record Foreign(String reason) implements Holder {}

    /** Another environment's or repository's: it changes hands only where the plan said so. */
    record Other(Ownership owner) implements Holder {
        String reason() {
            return "it belongs to " + owner.title() + " until now";
        }

        Problem problem(ResourceKey key) {
            return Refusals.author(
                    Refusals.name(key) + " was left alone: it belongs to " + owner.title()
                            + ". Choose another name, or plan again and approve taking it over.",
                    "/metadata/name");
        }
    }

    static Holder of(Desired desired, Map<String, Object> live) {
        Optional<Ownership> owner = new Live(desired.key(), live, "").owner();
        if (owner.isEmpty()) {
            String maker = Look.maps(live, "metadata", "managedFields").stream()
                    .filter(entry -> Look.text(entry, "subresource").isEmpty())
                    .map(entry -> Look.text(entry, "manager"))
                    .findFirst()
                    .orElse("");
            return new Foreign("it exists already and is not managed by Mergeway"
                    + (maker.isEmpty() ? "" : " but by " + maker) + "; adopting it needs an approval");
        }
        return owner.get().heldWith(desired.owner()) ? new Ours() : new Other(owner.get());
    }
}
