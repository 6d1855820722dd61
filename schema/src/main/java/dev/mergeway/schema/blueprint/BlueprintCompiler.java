package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.ExpressionCompiler;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.expression.Template;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiles a blueprint: its expressions, the references among its resources, and their order. */
final class BlueprintCompiler {
    private final Blueprint blueprint;
    private final ParameterPaths parameters;
    private final Set<String> ids = new TreeSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final ExpressionCompiler base = new ExpressionCompiler(CompiledBlueprint.BASE);
    private final Set<String> referenced = new HashSet<>();

    private BlueprintCompiler(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.parameters = new ParameterPaths(blueprint.parameters());
        blueprint.resources().forEach(resource -> ids.add(resource.id()));
    }

    static CompiledBlueprint compile(Blueprint blueprint) {
        return new BlueprintCompiler(blueprint).compile();
    }

    private CompiledBlueprint compile() {
        ids.forEach(this::checkId);
        Map<String, CompiledBlueprint.Part> parts = new TreeMap<>();
        if (findings.isEmpty()) {
            blueprint.resources().forEach(resource -> parts.put(resource.id(), part(resource)));
        }
        List<CompiledBlueprint.Part> order = ordered(parts);
        Map<String, Template> outputs = new LinkedHashMap<>();
        ExpressionCompiler all = compiler(null);
        blueprint.outputs().forEach((name, output) -> {
            String at = Pointers.child("/outputs", name) + "/value";
            outputs.put(name, template(output.value(), at, all));
        });
        String monthlyUsd = blueprint.monthlyUsd();
        Template price = monthlyUsd == null ? null : template(monthlyUsd, "/price/monthlyUsd", base);
        return new CompiledBlueprint(blueprint, order, outputs, price, referenced, findings);
    }

    private void checkId(String id) {
        String at = Pointers.child("/resources", id);
        if (!Names.identifier(id)) {
            finding(
                    at,
                    "blueprint/id",
                    "a resource id is made of letters, digits and '_', so that expressions can name it: '" + id
                            + "' is not",
                    "");
        } else if (CompiledBlueprint.BASE.contains(id)) {
            finding(
                    at,
                    "blueprint/id",
                    "'" + id + "' already means something in expressions; give the resource another id",
                    "");
        }
    }

    private CompiledBlueprint.Part part(Blueprint.Template source) {
        String at = Pointers.child("/resources", source.id());
        String bodyAt = at + (source.provider().equals("kubernetes") ? "/kubernetes" : "/properties");
        String variable = source.forEach().keySet().stream().findFirst().orElse(null);
        Template body = template(source.body(), bodyAt, compiler(variable));
        Set<String> dependsOn = new TreeSet<>();
        body.expressions((pointer, expression) -> dependsOn.addAll(siblings(expression)));
        source.dependsOn().forEach(id -> explicit(id, at, dependsOn));
        return new CompiledBlueprint.Part(
                source,
                bodyAt,
                body,
                conditions(source, at),
                loop(source, at),
                ready(source, at),
                Set.copyOf(dependsOn));
    }

    private void explicit(String id, String at, Set<String> dependsOn) {
        if (ids.contains(id)) {
            dependsOn.add(id);
        } else {
            finding(
                    at + "/dependsOn",
                    "blueprint/unknown-resource",
                    "there is no resource '" + id + "' in this blueprint",
                    Names.hint(id, ids));
        }
    }

    private Set<String> siblings(Expression expression) {
        Set<String> names = new TreeSet<>(expression.names());
        names.retainAll(ids);
        referenced.addAll(names);
        return names;
    }

    private List<Template> conditions(Blueprint.Template source, String at) {
        List<Template> when = new ArrayList<>();
        for (int index = 0; index < source.when().size(); index++) {
            when.add(condition(source.when().get(index), at + "/when/" + index));
        }
        return List.copyOf(when);
    }

    private Template condition(String text, String at) {
        List<Template.Problem> problems = new ArrayList<>();
        Template condition = Template.compileExpression(text, at, base, problems);
        problems.forEach(problem ->
                problem(problem, "; when and forEach may read only params, metadata, environment and workload"));
        condition.expressions(this::checkPaths);
        return condition;
    }

    private CompiledBlueprint.@Nullable Loop loop(Blueprint.Template source, String at) {
        for (Map.Entry<String, String> loop : source.forEach().entrySet()) {
            String name = loop.getKey();
            if (!Names.identifier(name) || ids.contains(name) || CompiledBlueprint.BASE.contains(name)) {
                finding(at + "/forEach", "blueprint/id", "'" + name + "' cannot be the name of a loop variable", "");
            }
            return new CompiledBlueprint.Loop(name, condition(loop.getValue(), Pointers.child(at + "/forEach", name)));
        }
        return null;
    }

    private List<Expression> ready(Blueprint.Template source, String at) {
        Set<String> variables = new HashSet<>(CompiledBlueprint.BASE);
        variables.add(source.id());
        ExpressionCompiler compiler = new ExpressionCompiler(variables);
        List<Expression> ready = new ArrayList<>();
        for (int index = 0; index < source.ready().size(); index++) {
            List<Template.Problem> problems = new ArrayList<>();
            Template check =
                    Template.compileExpression(source.ready().get(index), at + "/ready/" + index, compiler, problems);
            problems.forEach(problem -> problem(problem, ""));
            check.expressions(this::checkPaths);
            check.expressions((pointer, expression) -> ready.add(expression));
        }
        return List.copyOf(ready);
    }

    /** Over everything: the base, all siblings, and a loop's variable. */
    private ExpressionCompiler compiler(@Nullable String variable) {
        Set<String> variables = new HashSet<>(CompiledBlueprint.BASE);
        variables.addAll(ids);
        if (variable != null) {
            variables.add(variable);
        }
        return new ExpressionCompiler(variables);
    }

    private Template template(Object tree, String at, ExpressionCompiler compiler) {
        List<Template.Problem> problems = new ArrayList<>();
        Template template = Template.compile(tree, at, compiler, problems);
        problems.forEach(problem -> problem(problem, ""));
        template.expressions(this::checkPaths);
        template.expressions((pointer, expression) -> siblings(expression));
        return template;
    }

    private void problem(Template.Problem problem, String more) {
        finding(problem.pointer(), "blueprint/expression", problem.message() + more, "");
    }

    private void checkPaths(String pointer, Expression expression) {
        for (List<String> path : expression.paths()) {
            if (path.getFirst().equals("params")) {
                parameters
                        .unknown(path.subList(1, path.size()))
                        .ifPresent(unknown -> finding(
                                pointer,
                                "blueprint/unknown-parameter",
                                expression + " reads '" + unknown.name() + "', which parameters does not have",
                                Names.hint(unknown.name(), unknown.known())));
            }
        }
    }

    private List<CompiledBlueprint.Part> ordered(Map<String, CompiledBlueprint.Part> parts) {
        Map<String, Set<String>> before = new HashMap<>();
        parts.forEach((id, part) -> before.put(id, part.dependsOn()));
        Graph<String> graph = new Graph<>(before);
        for (List<String> cycle : graph.cycles()) {
            finding(
                    Pointers.child("/resources", cycle.getFirst()),
                    "blueprint/cycle",
                    cycle.size() == 1
                            ? "'" + cycle.getFirst() + "' depends on itself"
                            : "these resources depend on each other in a circle: " + String.join(" → ", cycle) + " → "
                                    + cycle.getFirst(),
                    "take one of the references (or dependsOn) away");
        }
        return graph.order(Comparator.naturalOrder()).stream().map(parts::get).toList();
    }

    private void finding(String pointer, String rule, String message, String hint) {
        findings.add(blueprint.spec().finding(Severity.ERROR, pointer, rule, message, hint));
    }
}
