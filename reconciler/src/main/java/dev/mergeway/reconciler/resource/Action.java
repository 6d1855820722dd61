package dev.mergeway.reconciler.resource;

import java.util.Locale;

/** What is done with a resource. The order is that of the tables in which they are shown. */
public enum Action {
    DELETE,
    REPLACE,
    CREATE,
    ADOPT,
    UPDATE,
    UNCHANGED;

    /** As in the plan JSON: {@code create update replace delete adopt unchanged}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the live resource is gone afterwards, if only for a moment. */
    public boolean destroys() {
        return this == DELETE || this == REPLACE;
    }
}
