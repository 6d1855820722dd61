package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One test of an object's fields, as the table of kinds has them. */
sealed interface KindTest {
    /** Whether the object passes. */
    boolean passes(@Nullable Object body);

    /** What the object itself says at the place of the test, "" where nothing. */
    default String words(Map<String, Object> body) {
        return "";
    }

    /** Reads one test of the table. */
    static KindTest of(Map<String, Object> test) {
        if (test.containsKey("condition")) {
            return OfCondition.of(test);
        }
        KindTest field = field(test);
        return test.containsKey("each") ? new OfEach(path(test, "each"), field) : field;
    }

    private static KindTest field(Map<String, Object> test) {
        List<String> path = path(test, "path");
        if (test.containsKey("in")) {
            return new In(
                    path, Look.list(test, "in").stream().map(String::valueOf).toList());
        }
        if (test.containsKey("matches")) {
            return new Matching(path, Pattern.compile(Look.text(test, "matches")));
        }
        if (test.containsKey("equals")) {
            return new Same(path, path(test, "equals"), true);
        }
        if (test.containsKey("unequal")) {
            return new Same(path, path(test, "unequal"), false);
        }
        if (test.containsKey("below")) {
            return new Below(path, path(test, "below"));
        }
        if (test.containsKey("absent") || test.containsKey("present")) {
            return new Present(path, test.containsKey("present"));
        }
        throw new IllegalArgumentException("no test: " + test);
    }

    /** A path as text with dots or as a list; empty where there is none. */
    static List<String> path(Map<String, Object> test, String name) {
        return switch (test.get(name)) {
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case String text -> List.of(text.split("\\.", -1));
            case null, default -> List.of();
        };
    }

    /** All values at the path; nothing where the path is empty. */
    static List<Object> values(@Nullable Object body, List<String> path) {
        if (body == null || path.isEmpty()) {
            return List.of();
        }
        List<Object> here = List.of(body);
        for (String step : path) {
            List<Object> next = new ArrayList<>();
            here.forEach(value -> below(value, step, next));
            here = next;
        }
        return here;
    }

    private static void below(Object value, String step, List<Object> next) {
        switch (value) {
            case Map<?, ?> mapping
            when step.equals("*") ->
                mapping.values().stream().filter(Objects::nonNull).forEach(next::add);
            case List<?> list
            when step.equals("*") -> list.stream().filter(Objects::nonNull).forEach(next::add);
            case Map<?, ?> mapping
            when mapping.get(step) != null -> next.add(Objects.requireNonNull(mapping.get(step)));
            default -> {}
        }
    }

    record In(List<String> path, List<String> texts) implements KindTest {
        @Override
        public boolean passes(@Nullable Object body) {
            return values(body, path).stream().anyMatch(value -> texts.contains(value.toString()));
        }

        @Override
        public String words(Map<String, Object> body) {
            return path.getLast() + " is "
                    + values(body, path).stream()
                            .map(Object::toString)
                            .filter(texts::contains)
                            .findFirst()
                            .orElse("?");
        }
    }

    record Matching(List<String> path, Pattern pattern) implements KindTest {
        @Override
        public boolean passes(@Nullable Object body) {
            return values(body, path).stream()
                    .anyMatch(value -> pattern.matcher(value.toString()).find());
        }
    }

    record Same(List<String> path, List<String> other, boolean same) implements KindTest {
        @Override
        public boolean passes(@Nullable Object body) {
            List<Object> ones = values(body, path);
            List<Object> others = values(body, other);
            boolean equal =
                    !ones.isEmpty() && !others.isEmpty() && ones.getFirst().equals(others.getFirst());
            return equal == same;
        }
    }

    record Below(List<String> path, List<String> other) implements KindTest {
        @Override
        public boolean passes(@Nullable Object body) {
            List<Object> ones = values(body, path);
            List<Object> others = values(body, other);
            long one = ones.isEmpty() ? 0 : Look.number(ones.getFirst(), 0);
            return !others.isEmpty() && one < Look.number(others.getFirst(), 0);
        }

        @Override
        public String words(Map<String, Object> body) {
            List<Object> ones = values(body, path);
            return path.getLast() + " is " + (ones.isEmpty() ? "0" : ones.getFirst()) + ", not "
                    + values(body, other).getFirst();
        }
    }

    record Present(List<String> path, boolean present) implements KindTest {
        @Override
        public boolean passes(@Nullable Object body) {
            return values(body, path).isEmpty() != present;
        }
    }

    record OfEach(List<String> list, KindTest test) implements KindTest {
        @Override
        public boolean passes(@Nullable Object body) {
            List<String> elements = new ArrayList<>(list);
            elements.add("*");
            return values(body, elements).stream().anyMatch(test::passes);
        }
    }

    /**
     * About conditions.
     *
     * @param statuses one of these, or empty for any
     * @param absent whether there must be none
     */
    record OfCondition(Pattern type, List<String> statuses, Pattern reason, boolean absent) implements KindTest {
        static OfCondition of(Map<String, Object> test) {
            String reason = Look.text(test, "reason");
            return new OfCondition(
                    Pattern.compile(Look.text(test, "condition")),
                    Look.list(test, "is").stream().map(String::valueOf).toList(),
                    Pattern.compile(reason.isEmpty() ? ".*" : reason, Pattern.DOTALL),
                    test.containsKey("absent"));
        }

        @Override
        public boolean passes(@Nullable Object body) {
            return Conditions.all(Look.map(body)).stream().anyMatch(this::fits) != absent;
        }

        @Override
        public String words(Map<String, Object> body) {
            return Conditions.all(body).stream()
                    .filter(this::fits)
                    .map(condition -> Look.text(condition, "message"))
                    .filter(message -> !message.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        private boolean fits(Map<String, Object> condition) {
            return type.matcher(Look.text(condition, "type")).matches()
                    && (statuses.isEmpty() || statuses.stream().anyMatch(status -> Conditions.is(condition, status)))
                    && reason.matcher(Look.text(condition, "reason")).matches();
        }
    }
}
