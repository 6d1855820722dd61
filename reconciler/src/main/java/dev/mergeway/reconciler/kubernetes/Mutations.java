package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Notice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fields that we set and that come out of a dry run with another value: admission changed them. What the server adds, and
 * what it writes in another way, such as quantities, is no such change.
 */
final class Mutations {
    private static final int MOST = 5;
    private static final int LONGEST_VALUE = 60;

    private final Sensitivity sensitivity;
    private final List<Notice> notices = new ArrayList<>();

    private Mutations(Sensitivity sensitivity) {
        this.sensitivity = sensitivity;
    }

    /** What becomes of fields of the desired object in the result of a dry run; the first few of them. */
    static List<Notice> of(Desired desired, Map<String, Object> result) {
        Mutations mutations = new Mutations(Sensitivity.of(desired));
        mutations.walk(FieldSet.ours(result), "", desired.body(), result);
        List<Notice> all = mutations.notices;
        if (all.size() <= MOST) {
            return all;
        }
        List<Notice> few = new ArrayList<>(all.subList(0, MOST));
        few.add(new Notice(
                Notices.ADMISSION,
                "",
                "the cluster will change " + (all.size() - MOST) + " more of its fields (admission)"));
        return few;
    }

    /** Down what is ours of the result, where list elements are known by their merge keys. */
    private void walk(FieldSet ours, String pointer, @Nullable Object wanted, @Nullable Object made) {
        if (wanted == null) {
            return; // one of our marks, or already told with what is around it
        }
        if (ours.isEmpty() || made == null) {
            compare(pointer, wanted, made);
            return;
        }
        ours.children().forEach((step, below) -> {
            String token = step.token(wanted);
            if (token != null) {
                walk(below, pointer + "/" + token, step.in(wanted), step.in(made));
            }
        });
    }

    /** A value that is ours as a whole; in it, the server may have added defaults. */
    private void compare(String pointer, @Nullable Object wanted, @Nullable Object made) {
        switch (wanted) {
            case Map<?, ?> map
            when made instanceof Map<?, ?> there ->
                map.forEach((name, value) ->
                        compare(pointer + "/" + new Step.Field(name.toString()).token(map), value, there.get(name)));
            case List<?> list
            when made instanceof List<?> there && there.size() == list.size() -> {
                for (int i = 0; i < list.size(); i++) {
                    compare(pointer + "/" + i, list.get(i), there.get(i));
                }
            }
            case null, default -> {
                if (!same(pointer, wanted, made)) {
                    tell(pointer, wanted, made);
                }
            }
        }
    }

    private static boolean same(String pointer, @Nullable Object wanted, @Nullable Object made) {
        return made == null && nothing(wanted)
                || Objects.equals(wanted, made)
                || wanted instanceof Number
                        && made instanceof Number
                        && number(wanted).compareTo(number(made)) == 0
                || Quantities.at(pointer) && Quantities.same(wanted, made);
    }

    private static BigDecimal number(Object number) {
        return new BigDecimal(number.toString());
    }

    /** What Kubernetes leaves out when it writes an object, since it says no more than its absence. */
    private static boolean nothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> map -> map.values().stream().allMatch(Mutations::nothing);
            case List<?> list -> list.isEmpty();
            case String text -> text.isEmpty();
            case Boolean yes -> !yes;
            case Number number -> number(number).signum() == 0;
            default -> false;
        };
    }

    private void tell(String pointer, @Nullable Object wanted, @Nullable Object made) {
        String field = Notices.cut(Pointers.words(pointer), 3 * LONGEST_VALUE);
        String what = sensitivity.within(pointer)
                ? "will change " + field
                : made == null
                        ? "will remove " + field
                        : "will change " + field + " from " + shown(wanted) + " to " + shown(made);
        notices.add(new Notice(Notices.ADMISSION, pointer, "the cluster " + what + " (admission)"));
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> map -> map.isEmpty() ? "nothing" : "other fields";
            case List<?> list -> list.size() + (list.size() == 1 ? " element" : " elements");
            case String text -> text.isEmpty() ? "an empty text" : Notices.cut(text, LONGEST_VALUE);
            default -> Notices.cut(value.toString(), LONGEST_VALUE);
        };
    }
}
