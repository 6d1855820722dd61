package dev.mergeway.schema;

/**
 * How much plain YAML is brought along, over all folders of an environment: all of it is read and held at every plan. The
 * definitions of a large operator are 2 to 4 MiB.
 */
final class PlainYaml {
    /** Bytes that an environment may bring along. */
    static final long MOST = 8L << 20;

    private long taken;

    /** Whether as many bytes more may be taken. */
    boolean takes(int bytes) {
        taken += bytes;
        return taken <= MOST;
    }
}
