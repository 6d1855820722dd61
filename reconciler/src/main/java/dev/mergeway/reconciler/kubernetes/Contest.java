package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.Conflicts.Conflict;
import dev.mergeway.reconciler.resource.Look;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fields that others own and we want.
 *
 * @param all every conflict
 * @param repair whether all that is desired was applied by us before: taking it back is then a repair
 */
record Contest(List<Conflict> all, boolean repair) {
    /** Whether the live object was last applied from what is desired now. */
    static boolean isOurs(Map<String, Object> live, String hash) {
        return Look.text(live, "metadata", "annotations", Marks.APPLIED).equals(hash);
    }

    /** Those that may not be taken without an approval, as differences have them. */
    List<String> held() {
        return all.stream()
                .filter(conflict -> !repair || conflict.scaler())
                .map(Conflict::text)
                .toList();
    }

    /** Who changed by hand what is repaired; "" where nothing is. */
    String reason(Map<String, Object> live) {
        if (!repair) {
            return "";
        }
        TreeSet<String> managers = all.stream()
                .filter(conflict -> !conflict.scaler())
                .map(Conflict::manager)
                .collect(Collectors.toCollection(TreeSet::new));
        if (managers.isEmpty()) {
            Look.maps(live, "metadata", "managedFields").stream()
                    .filter(entry -> !FieldSet.isOurs(entry))
                    .filter(entry -> Look.text(entry, "subresource").isEmpty())
                    .max(Comparator.comparing(entry -> Look.text(entry, "time")))
                    .ifPresent(entry -> managers.add(Look.text(entry, "manager")));
        }
        return "changed outside Git" + (managers.isEmpty() ? "" : " by " + String.join(", ", managers));
    }
}
