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

    /** Nobody's that we know, or of another environment of the same repository: it may be adopted when approved. */
    record Foreign(String reason) implements Holder {}

    /** Another repository's: never ours to take. */
    record Other(Ownership owner) implements Holder {
        Problem problem(ResourceKey key) {
            return Refusals.author(
                    Refusals.name(key) + " belongs to " + owner.spec() + " of repository " + owner.repository()
                            + ". Choose another name, or remove it there first.",
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
        if (!owner.get().repository().equals(desired.owner().repository())) {
            return new Other(owner.get());
        }
        String environment = owner.get().spec().environment();
        return environment.equals(desired.owner().spec().environment())
                ? new Ours()
                : new Foreign("it belongs to " + owner.get().spec() + " so far; moving it to another environment needs"
                        + " an approval");
    }
}
