package dev.mergeway.reconciler.plan;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Position;

/** Where the parts of a spec stand in the developer's own file. */
@FunctionalInterface
public interface SpecLines {
    /** For when the document is not at hand: the line that the spec begins on. */
    SpecLines BEGINNING = (resource, pointer) -> new Position(Math.max(1, resource.line()), 1);

    /**
     * A place in the file.
     *
     * @param resource a resource of the spec
     * @param pointer JSON pointer into the spec's document, "" for all of it
     */
    Position of(ConcreteResource resource, String pointer);
}
