package dev.mergeway.schema.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes templates of trees, and trees of templates again. */
final class TemplateCompiler {
    private final ExpressionCompiler compiler;
    private final List<? super Template.Problem> problems;

    TemplateCompiler(ExpressionCompiler compiler, List<? super Template.Problem> problems) {
        this.compiler = compiler;
        this.problems = problems;
    }

    Template compile(@Nullable Object tree, String pointer) {
        return switch (tree) {
            case String text -> text(text, pointer);
            case Map<?, ?> map -> mapping(map, pointer);
            case List<?> list -> sequence(list, pointer);
            case null, default -> new Template.Constant(tree);
        };
    }

    private Template mapping(Map<?, ?> map, String pointer) {
        Map<Template, Template> entries = new LinkedHashMap<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        boolean constant = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            String at = Pointers.child(pointer, name);
            Template key = text(name, at);
            Template value = compile(entry.getValue(), at);
            entries.put(key, value);
            if (key instanceof Template.Constant(Object text) && value instanceof Template.Constant(Object part)) {
                values.put(String.valueOf(text), part);
            } else {
                constant = false;
            }
        }
        return constant
                ? new Template.Constant(Collections.unmodifiableMap(values))
                : new Template.Mapping(Collections.unmodifiableMap(entries));
    }

    private Template sequence(List<?> list, String pointer) {
        List<Template> items = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            items.add(compile(list.get(index), Pointers.child(pointer, Integer.toString(index))));
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Template item : items) {
            if (!(item instanceof Template.Constant(Object value))) {
                return new Template.Sequence(List.copyOf(items));
            }
            values.add(value);
        }
        return new Template.Constant(Collections.unmodifiableList(values));
    }

    private Template text(String text, String pointer) {
        if (Interpolation.plain(text)) {
            return new Template.Constant(text);
        }
        try {
            Interpolation interpolation = Interpolation.of(text);
            return interpolation.single()
                    ? new Template.Single(
                            compiled((Interpolation.Code) interpolation.parts().getFirst()), pointer)
                    : mixed(interpolation, pointer);
        } catch (ExpressionException failed) {
            problems.add(new Template.Problem(pointer, String.valueOf(failed.getMessage())));
            return new Template.Constant(null);
        }
    }

    private Template mixed(Interpolation interpolation, String pointer) throws ExpressionException {
        List<Object> parts = new ArrayList<>();
        boolean constant = true;
        for (Interpolation.Part part : interpolation.parts()) {
            switch (part) {
                case Interpolation.Literal literal -> parts.add(literal.text());
                case Interpolation.Code code -> {
                    parts.add(compiled(code));
                    constant = false;
                }
            }
        }
        return constant
                ? new Template.Constant(parts.isEmpty() ? "" : parts.getFirst())
                : new Template.Mixed(List.copyOf(parts), pointer);
    }

    private Expression compiled(Interpolation.Code code) throws ExpressionException {
        try {
            return compiler.compile(code.text());
        } catch (ExpressionException failed) {
            throw new ExpressionException("${" + code.text() + "}: " + failed.getMessage());
        }
    }

    static Map<String, @Nullable Object> renderMapping(
            Template.Mapping mapping, Template.Evaluator evaluator, String at) {
        Map<String, @Nullable Object> tree =
                LinkedHashMap.newLinkedHashMap(mapping.entries().size());
        mapping.entries().forEach((keyTemplate, valueTemplate) -> {
            String key = String.valueOf(keyTemplate.render(evaluator, at));
            if (!key.equals(Values.OMIT)) {
                Object value = valueTemplate.render(evaluator, Pointers.child(at, key));
                if (!Values.OMIT.equals(value)) {
                    tree.put(key, value);
                }
            }
        });
        return Collections.unmodifiableMap(tree);
    }

    static List<@Nullable Object> renderSequence(Template.Sequence sequence, Template.Evaluator evaluator, String at) {
        List<@Nullable Object> tree = new ArrayList<>();
        for (Template item : sequence.items()) {
            Object value = item.render(evaluator, Pointers.child(at, Integer.toString(tree.size())));
            if (!Values.OMIT.equals(value)) {
                tree.add(value);
            }
        }
        return Collections.unmodifiableList(tree);
    }
}
