package dev.mergeway.schema.expression;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an expression reads, found in its syntax tree.
 *
 * @param names the variables, without those that it makes itself (of {@code map}, {@code exists} and so on)
 * @param paths the fields, each from its variable downwards as far as it is written out
 * @param functions the functions that it calls
 */
record Reads(Set<String> names, List<List<String>> paths, Set<String> functions) {
    static Reads of(CelExpr root) {
        Walk walk = new Walk();
        walk.visit(root);
        Set<String> names = new TreeSet<>();
        walk.paths.forEach(path -> names.add(path.getFirst()));
        return new Reads(Set.copyOf(names), List.copyOf(walk.paths), Set.copyOf(walk.functions));
    }

    /** Goes through the tree, knowing which names are bound where it stands. */
    private static final class Walk {
        private final Set<List<String>> paths = new LinkedHashSet<>();
        private final Set<String> functions = new TreeSet<>();
        private final Deque<String> bound = new ArrayDeque<>();

        void visit(CelExpr expr) {
            List<String> path = path(expr);
            if (path != null) {
                if (!bound.contains(path.getFirst())) {
                    paths.add(List.copyOf(path));
                }
                return;
            }
            switch (expr.getKind()) {
                case SELECT -> visit(expr.select().operand());
                case CALL -> call(expr.call());
                case LIST -> expr.list().elements().forEach(this::visit);
                case MAP ->
                    expr.map().entries().forEach(entry -> {
                        visit(entry.key());
                        visit(entry.value());
                    });
                case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value()));
                case COMPREHENSION -> comprehension(expr.comprehension());
                case IDENT, CONSTANT, NOT_SET -> {}
            }
        }

        private void call(CelExpr.CelCall call) {
            functions.add(call.function());
            call.target().ifPresent(this::visit);
            call.args().forEach(this::visit);
        }

        private void comprehension(CelExpr.CelComprehension loop) {
            visit(loop.iterRange());
            visit(loop.accuInit());
            List<String> names = List.of(loop.accuVar(), loop.iterVar(), loop.iterVar2());
            names.forEach(bound::push);
            visit(loop.loopCondition());
            visit(loop.loopStep());
            visit(loop.result());
            names.forEach(name -> bound.pop());
        }

        /** The path where the expression is a variable with fields, also as {@code a['b']} and {@code a.?b}; else null. */
        private static @Nullable List<String> path(CelExpr expr) {
            switch (expr.getKind()) {
                case IDENT -> {
                    List<String> path = new ArrayList<>();
                    path.add(expr.ident().name());
                    return path;
                }
                case SELECT -> {
                    return appended(path(expr.select().operand()), expr.select().field());
                }
                case CALL -> {
                    CelExpr.CelCall call = expr.call();
                    boolean index = call.function().equals("_[_]")
                            || call.function().equals("_?._")
                            || call.function().equals("_[?_]");
                    return index && call.args().size() == 2 && text(call.args().get(1)) != null
                            ? appended(
                                    path(call.args().getFirst()),
                                    text(call.args().get(1)))
                            : null;
                }
                default -> {
                    return null;
                }
            }
        }

        private static @Nullable List<String> appended(@Nullable List<String> path, @Nullable String field) {
            if (path != null && field != null) {
                path.add(field);
            }
            return path;
        }

        private static @Nullable String text(CelExpr expr) {
            return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                            && expr.constant().getKind() == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE
                    ? expr.constant().stringValue()
                    : null;
        }
    }
}
