package dev.mergeway.schema.expression;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.mergeway.schema.model.Late;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Our own functions in CEL. Those that need more than their arguments find it in {@link #SCOPE}. */
final class Functions {
    static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private Functions() {}

    static void into(CelBuilder builder) {
        CelType dyn = SimpleType.DYN;
        CelType string = SimpleType.STRING;
        add(builder, "omit", "omit", dyn, binding -> Values.OMIT);
        add(builder, "random", "random_int", string, arguments -> random((Long) arguments[0]), SimpleType.INT);
        add(
                builder,
                "secret",
                "secret_dyn",
                SimpleType.BOOL,
                arguments -> markers().secret(arguments[0]),
                dyn);
        add(builder, "base64", "base64_string", string, arguments -> base64((String) arguments[0]), string);
        add(builder, "hash", "hash_dyn", string, arguments -> Text.hash(arguments[0], markers()), dyn);
        add(builder, "dns", "dns_string", string, arguments -> dns((String) arguments[0]), string);
        add(builder, "json", "json_dyn", string, arguments -> json(arguments[0]), dyn);
        add(builder, "file", "file_string", string, arguments -> file((String) arguments[0]), string);
        add(
                builder,
                "fileBase64",
                "file_base64_string",
                string,
                arguments -> fileBase64((String) arguments[0]),
                string);
        add(
                builder,
                "refuse",
                "refuse_string_dyn",
                dyn,
                arguments -> refuse((String) arguments[0], arguments[1]),
                string,
                dyn);
        Bounds.into(builder);
    }

    static void add(
            CelBuilder builder,
            String name,
            String id,
            CelType result,
            CelFunctionOverload body,
            CelType... parameters) {
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newGlobalOverload(id, result, parameters)))
                .addFunctionBindings(CelFunctionBinding.from(id, classes(parameters), body));
    }

    static List<Class<?>> classes(CelType... parameters) {
        List<Class<?>> classes = new ArrayList<>();
        for (CelType parameter : parameters) {
            classes.add(
                    parameter.equals(SimpleType.STRING)
                            ? String.class
                            : parameter.equals(SimpleType.INT)
                                    ? Long.class
                                    : parameter instanceof ListType ? List.class : Object.class);
        }
        return classes;
    }

    private static Markers markers() {
        return SCOPE.get().markers();
    }

    private static String random(long length) throws CelEvaluationException {
        if (length < 8 || length > 128) {
            throw new CelEvaluationException("random(n) takes 8 to 128 characters, not " + length);
        }
        return markers().mark(new Late.Generated((int) length));
    }

    private static String base64(String text) throws CelEvaluationException {
        return derived("base64", text, Functions::encoded);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String dns(String text) throws CelEvaluationException {
        return derived("dns", text, Text::dns);
    }

    private static String json(Object value) throws CelEvaluationException {
        try {
            Object tree = Values.toTree(value);
            return markers().late(tree) ? lateJson(tree) : Text.json(tree);
        } catch (ExpressionException failed) {
            throw new CelEvaluationException(String.valueOf(failed.getMessage()));
        }
    }

    /** JSON is written once the values are known, so that quotes in them are escaped. */
    private static String lateJson(@org.jspecify.annotations.Nullable Object tree) throws CelEvaluationException {
        Markers then = markers().fork();
        refuseGenerated("json", then.within(tree));
        return markers()
                .mark(new Late.Deferred(
                        then.spell(Text.json(tree)),
                        then.secret(tree),
                        Composition.needs(then.within(tree)),
                        live -> Text.json(then.resolve(tree, live))));
    }

    private static String derived(String function, String text, java.util.function.UnaryOperator<String> work)
            throws CelEvaluationException {
        if (!Markers.marked(text)) {
            return work.apply(text);
        }
        Markers then = markers().fork();
        refuseGenerated(function, then.within(text));
        return markers()
                .mark(new Late.Deferred(
                        "${" + function + "(" + then.spell(text) + ")}",
                        then.secret(text),
                        Composition.needs(then.within(text)),
                        live -> work.apply(String.valueOf(then.resolve(text, live)))));
    }

    private static void refuseGenerated(String function, List<Late> lates) throws CelEvaluationException {
        if (lates.stream().anyMatch(Late.Generated.class::isInstance)) {
            throw new CelEvaluationException(
                    function + "(…) cannot take random(…): refer to the Secret that holds it instead");
        }
    }

    private static String file(String path) throws CelEvaluationException {
        String text = new String(bytes(path), StandardCharsets.UTF_8);
        if (Markers.reserved(text)) {
            throw new CelEvaluationException("the file '" + path + "' is no plain text; use fileBase64");
        }
        return text;
    }

    private static String fileBase64(String path) throws CelEvaluationException {
        return Base64.getEncoder().encodeToString(bytes(path));
    }

    private static byte[] bytes(String path) throws CelEvaluationException {
        return SCOPE.get()
                .files()
                .apply(path)
                .orElseThrow(() -> refusal(new Refusal(
                        Refusal.MISSING_FILE,
                        "there is no file '" + path
                                + "' beside the spec (or it is too large, or outside the repository)",
                        path)));
    }

    private static Object refuse(String message, Object about) throws CelEvaluationException {
        throw refusal(new Refusal(Refusal.REFUSED, message, about));
    }

    private static CelEvaluationException refusal(Refusal refusal) {
        return new CelEvaluationException(refusal.message(), new Refusal.Raised(refusal));
    }
}
