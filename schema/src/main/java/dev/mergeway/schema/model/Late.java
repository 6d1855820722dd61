package dev.mergeway.schema.model;

import java.util.List;
import java.util.Map;

/**
 * A leaf of a concrete resource's body whose value is not known from Git alone. Before a resource is compared or
 * applied, every late leaf is either given its value or left out and named as unknown.
 */
public sealed interface Late permits Late.Deferred, Late.Generated {
    /** Text that stands for the value in plans and renderings; the same for the same spec, never the value itself. */
    String text();

    /** Whether the value must never be shown. */
    boolean secret();

    /**
     * A value that follows from the live state of other resources, such as a queue's URL.
     *
     * @param text its expression as written, in {@code ${…}}
     * @param secret whether its value must never be shown
     * @param needs the resources whose live state it reads, each once
     * @param resolver works it out
     */
    record Deferred(String text, boolean secret, List<ResourceKey> needs, Resolver resolver) implements Late {
        public Deferred {
            needs = List.copyOf(needs);
        }
    }

    /**
     * A value that is made at random when the resource is first applied and kept from then on: what is live already
     * stays. Allowed in Secret data alone.
     *
     * @param length characters, drawn from letters and digits
     */
    record Generated(int length) implements Late {
        public Generated {
            if (length < 8 || length > 128) {
                throw new IllegalArgumentException("a generated value has 8 to 128 characters, not " + length);
            }
        }

        @Override
        public String text() {
            return "${random(" + length + ")}";
        }

        @Override
        public boolean secret() {
            return true;
        }
    }

    /** Works out a deferred value; pure. */
    @FunctionalInterface
    interface Resolver {
        /**
         * The value, a tree.
         *
         * @param live bodies as they are live now of all the resources that are needed
         * @throws UnresolvedException if the live bodies lack what is asked for (yet)
         */
        Object resolve(Map<ResourceKey, Map<String, Object>> live) throws UnresolvedException;
    }

    /** The live bodies lack what a deferred value reads; the message says which resource lacks what. */
    final class UnresolvedException extends Exception {
        public UnresolvedException(String message) {
            super(message);
        }
    }
}
