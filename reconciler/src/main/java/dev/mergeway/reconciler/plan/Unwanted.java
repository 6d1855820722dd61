package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;

/**
 * A live resource that its owner, who is one of those planned for, wants no more.
 *
 * @param live the resource as it is, with its owner's labels
 * @param file the file that its spec was in, "" where nobody knows any more
 * @param line the spec's line there, 0 where nobody knows
 * @param along what would go with it, but is not ours to delete: a namespace takes all that is in it
 */
public record Unwanted(Live live, String file, int line, List<ResourceKey> along) {
    public Unwanted {
        along = List.copyOf(along);
    }

    /** One that takes nothing along. */
    public Unwanted(Live live, String file, int line) {
        this(live, file, line, List.of());
    }

    /** The same, taking these along. */
    public Unwanted taking(List<ResourceKey> along) {
        return new Unwanted(live, file, line, along);
    }
}
