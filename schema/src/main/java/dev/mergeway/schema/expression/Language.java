package dev.mergeway.schema.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * CEL as Mergeway speaks it: the standard library, the extensions for strings, lists, math, sets, optionals,
 * two-variable comprehensions and {@code cel.bind}, and our own {@link Functions}. All variables are dynamic. What could
 * grow without bound (joining, replacing, ranges) is replaced by our own bounded versions.
 */
final class Language {
    /** Longest expression, in characters: the longest of ours has some 600. */
    static final int MAX_LENGTH = 8_192;
    /** Most loop steps of one evaluation: a loop in a loop over a hundred entries is 10,000. */
    static final int MAX_ITERATIONS = 20_000;

    private static final int MAX_NESTING = 60;
    private static final int MAX_REGEX = 2_000;

    private Language() {}

    static Cel over(Collection<String> variables) {
        CelOptions options = CelOptions.current()
                .maxExpressionCodePointSize(MAX_LENGTH)
                .maxParseRecursionDepth(MAX_NESTING)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .maxRegexProgramSize(MAX_REGEX)
                .enableHeterogeneousNumericComparisons(true)
                .build();
        CelBuilder builder =
                CelFactory.standardCelBuilder().setOptions(options).setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        extensions(builder, options);
        Functions.into(builder);
        variables.forEach(name -> builder.addVar(name, SimpleType.DYN));
        return builder.build();
    }

    private static void extensions(CelBuilder builder, CelOptions options) {
        CelStringExtensions strings = CelExtensions.strings(stringFunctions());
        CelListsExtensions lists = CelExtensions.lists(listFunctions());
        builder.addCompilerLibraries(
                        strings,
                        lists,
                        CelExtensions.math(),
                        CelExtensions.sets(options),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions(),
                        CelExtensions.bindings())
                .addRuntimeLibraries(
                        strings,
                        lists,
                        CelExtensions.math(),
                        CelExtensions.sets(options),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions());
    }

    private static Set<CelStringExtensions.Function> stringFunctions() {
        return EnumSet.complementOf(
                EnumSet.of(CelStringExtensions.Function.JOIN, CelStringExtensions.Function.REPLACE));
    }

    private static Set<CelListsExtensions.Function> listFunctions() {
        return EnumSet.complementOf(EnumSet.of(CelListsExtensions.Function.RANGE));
    }
}
