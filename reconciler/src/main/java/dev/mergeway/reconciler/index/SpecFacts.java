package dev.mergeway.reconciler.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index remembers of one spec.
 *
 * @param kind its kind
 * @param name its name
 * @param environment the environment it names, null where its folder decides
 * @param line where its document begins
 * @param reads paths of files and folders that it refers to, relative to the repository
 * @param shares resource types with an id that other specs may use too, as {@code type.class#id}
 * @param calls names of other specs of its environment that it asks for by a resource of type {@code service}
 */
public record SpecFacts(
        String kind,
        String name,
        @Nullable String environment,
        int line,
        List<String> reads,
        List<String> shares,
        List<String> calls) {
    public SpecFacts {
        reads = List.copyOf(reads);
        shares = List.copyOf(shares);
        calls = List.copyOf(calls);
    }
}
