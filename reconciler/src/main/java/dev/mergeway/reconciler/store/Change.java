package dev.mergeway.reconciler.store;

import dev.mergeway.schema.model.ResourceKey;

/** Something that is remembered moved. A hint: whoever hears it reads again. */
public sealed interface Change {
    /** {@code environment resource pull run}: the name of the event. */
    String kind();

    /** An environment, or more of its resources at once than are worth naming. */
    record Environment(String name) implements Change {
        @Override
        public String kind() {
            return "environment";
        }
    }

    /** One resource of an environment. */
    record Resource(String environment, ResourceKey key) implements Change {
        @Override
        public String kind() {
            return "resource";
        }
    }

    /** A pull request. */
    record Pull(String repository, int number) implements Change {
        @Override
        public String kind() {
            return "pull";
        }
    }

    /** A run. */
    record Run(String id) implements Change {
        @Override
        public String kind() {
            return "run";
        }
    }
}
