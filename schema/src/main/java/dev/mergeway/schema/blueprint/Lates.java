package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters for those who judge them and apply nothing: what is known only later is called as the spec writes it. */
final class Lates {
    /** One for all, so that two readings of the same text are equal. */
    private static final Late.Resolver NEVER = live -> {
        throw new Late.UnresolvedException("it is here to be judged, not to be applied");
    };

    private final Markers markers;

    Lates(Markers markers) {
        this.markers = markers;
    }

    /**
     * The tree without markers.
     *
     * @param resolved placeholders resolved, to values or to markers
     * @param written the same as it stands in the spec
     */
    Map<String, Object> named(Map<String, Object> resolved, Map<String, Object> written) {
        return Trees.map(of(resolved, written));
    }

    private @Nullable Object of(@Nullable Object resolved, @Nullable Object written) {
        if (resolved instanceof Map<?, ?> map && !markers.late(map.keySet())) {
            Map<String, @Nullable Object> named = LinkedHashMap.newLinkedHashMap(map.size());
            // A placeholder may give a whole map: then all of it is called what the placeholder is.
            map.forEach((key, value) ->
                    named.put(String.valueOf(key), of(value, written instanceof Map<?, ?> of ? of.get(key) : written)));
            return Collections.unmodifiableMap(named);
        } else if (resolved instanceof List<?> list) {
            List<@Nullable Object> named = new ArrayList<>(list.size());
            for (int index = 0; index < list.size(); index++) {
                named.add(of(list.get(index), written instanceof List<?> of ? of.get(index) : written));
            }
            return Collections.unmodifiableList(named);
        }
        return markers.late(resolved)
                ? new Late.Deferred(String.valueOf(written), markers.secret(resolved), List.of(), NEVER)
                : resolved;
    }
}
