package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.Pages.Aged;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.schema.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of what is there, read for many objects of a kind and namespace at once: a first apply of a thousand objects
 * need not ask a thousand times whether there is one. Where that says nothing, the object itself is asked about.
 */
final class Survey {
    /** From so many objects on, a list costs less than a question for each. */
    private static final int MANY = 8;

    /** So many that are not looked for may be read as well. */
    private static final int MANY_MORE = 500;

    private final Map<Place, Found> found;

    private record Place(String type, String namespace) {
        static Place of(ResourceKey key) {
            return new Place(key.type(), key.namespace());
        }
    }

    /** @param whole whether there is nothing but these */
    private record Found(Map<String, Map<String, Object>> byName, boolean whole) {
        static final Found NOTHING_KNOWN = new Found(Map.of(), false);
    }

    private Survey(Map<Place, Found> found) {
        this.found = found;
    }

    /** Looks where that is worth it. */
    static Survey of(Api api, Kinds kinds, List<Desired> desired) throws Unreachable {
        Map<Place, Integer> counts = new HashMap<>();
        desired.forEach(one -> counts.merge(Place.of(one.key()), 1, Integer::sum));
        counts.values().removeIf(count -> count < MANY);
        List<Place> places = List.copyOf(counts.keySet());
        List<Found> answers = Parallel.map(places, place -> look(api, kinds, place, counts.getOrDefault(place, 0)));
        Map<Place, Found> found = new HashMap<>();
        for (int index = 0; index < places.size(); index++) {
            found.put(places.get(index), answers.get(index));
        }
        return new Survey(found);
    }

    /** Whether there is certainly no such object. */
    boolean absent(ResourceKey key) {
        Found here = found.getOrDefault(Place.of(key), Found.NOTHING_KNOWN);
        return here.whole() && !here.byName().containsKey(key.name());
    }

    /** The object as far as it is known: its metadata alone. */
    Optional<Map<String, Object>> metadata(ResourceKey key) {
        Found here = found.getOrDefault(Place.of(key), Found.NOTHING_KNOWN);
        return Optional.ofNullable(here.byName().get(key.name()));
    }

    private static Found look(Api api, Kinds kinds, Place place, int wanted) throws Unreachable {
        Optional<Kind> kind = kinds.find(place.type());
        if (kind.isEmpty() || kind.get().namespaced() && place.namespace().isEmpty()) {
            return Found.NOTHING_KNOWN;
        }
        // A neighbour may have put very many there.
        Pages pages = Pages.of(api, kind.get().path(place.namespace()), "", MANY_MORE + 2 * wanted, Aged.GIVE_UP);
        if (!pages.answer().ok()) {
            return Found.NOTHING_KNOWN; // who may read but not list, or pages that grew too old
        }
        Map<String, Map<String, Object>> byName = new HashMap<>();
        pages.items().forEach(item -> byName.put(Look.text(item, "metadata", "name"), item));
        return new Found(byName, pages.whole());
    }
}
