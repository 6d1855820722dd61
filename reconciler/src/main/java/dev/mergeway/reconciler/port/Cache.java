package dev.mergeway.reconciler.port;

import java.util.Optional;

/** Keeps bytes by name from one start to the next. Whatever is lost can be made again, so that nothing here ever fails. */
public interface Cache {
    /** Keeps nothing. */
    Cache NONE = new Cache() {
        @Override
        public Optional<byte[]> load(String name) {
            return Optional.empty();
        }

        @Override
        public void keep(String name, byte[] bytes) {}
    };

    /** What was kept under a name; empty where it was lost, damaged, or kept by another build of Mergeway. */
    Optional<byte[]> load(String name);

    /** Keeps bytes in place of what was kept under the name. */
    void keep(String name, byte[] bytes);
}
