package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Ledger;

class MemoryStoreTest extends StoreContract {
    private final Changes changes = new Changes();
    private final MemoryStore store = new MemoryStore(changes, () -> Samples.NOON);

    @Override
    Ledger ledger() {
        return store;
    }

    @Override
    Journal journal() {
        return store;
    }

    @Override
    Changes changes() {
        return changes;
    }
}
