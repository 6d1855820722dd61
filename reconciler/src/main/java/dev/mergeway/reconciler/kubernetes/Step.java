package dev.mergeway.reconciler.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step down into an object, as managed fields name it (FieldsV1 of structured-merge-diff v6): a field, an element of
 * a list by its merge keys, an element of a set by its value, an element by its place.
 */
sealed interface Step {
    /** Where the step leads from a value; null where there is nothing. */
    @Nullable
    Object in(@Nullable Object value);

    /** The token of a JSON pointer that leads the same way from this value; null where there is nothing. */
    @Nullable
    String token(@Nullable Object value);

    record Field(String name) implements Step {
        @Override
        public @Nullable Object in(@Nullable Object value) {
            return value instanceof Map<?, ?> mapping ? mapping.get(name) : null;
        }

        @Override
        public @Nullable String token(@Nullable Object value) {
            return name.replace("~", "~0").replace("/", "~1");
        }
    }

    /** An element of a list; which one is found by looking. */
    sealed interface Element extends Step {
        boolean is(@Nullable Object element, int index);

        @Override
        default @Nullable Object in(@Nullable Object value) {
            int index = index(value);
            return index < 0 ? null : ((List<?>) Objects.requireNonNull(value)).get(index);
        }

        @Override
        default @Nullable String token(@Nullable Object value) {
            int index = index(value);
            return index < 0 ? null : String.valueOf(index);
        }

        private int index(@Nullable Object value) {
            if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    if (is(list.get(i), i)) {
                        return i;
                    }
                }
            }
            return -1;
        }
    }

    record Key(Map<String, Object> keys) implements Element {
        @Override
        public boolean is(@Nullable Object element, int index) {
            return element instanceof Map<?, ?> mapping
                    && keys.entrySet().stream()
                            .allMatch(key -> Objects.equals(defaulted(mapping, key.getKey()), key.getValue()));
        }

        /** The one merge key that has a default in a built-in schema: a port's protocol. */
        private static @Nullable Object defaulted(Map<?, ?> element, String key) {
            Object value = element.get(key);
            return value == null && key.equals("protocol") ? "TCP" : value;
        }
    }

    record Value(@Nullable Object value) implements Element {
        @Override
        public boolean is(@Nullable Object element, int index) {
            return Objects.equals(element, value);
        }
    }

    record Index(int place) implements Element {
        @Override
        public boolean is(@Nullable Object element, int index) {
            return index == place;
        }
    }
}
