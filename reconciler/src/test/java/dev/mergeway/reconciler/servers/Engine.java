package dev.mergeway.reconciler.servers;

import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine. */
public final class Engine {
    private Engine() {}

    /**
     * Whether there is one that Testcontainers can use. Asked once per JVM: that takes half a second where there is none, and
     * up to two minutes where there is one that cannot have Testcontainers' own image.
     */
    public static boolean isThere() {
        return Asked.ANSWER;
    }

    /** Whether a container may share this machine's network: what it listens to is at 127.0.0.1, and so are we for it. */
    public static boolean sharesNetwork() {
        return isThere()
                && System.getProperty("os.name").equals("Linux")
                && DockerClientFactory.instance().dockerHostIpAddress().matches("localhost|127\\.0\\.0\\.1");
    }

    private static final class Asked {
        static final boolean ANSWER = ask();

        private static boolean ask() {
            try {
                return DockerClientFactory.instance().isDockerAvailable();
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(Engine.class).warn("the container engine is not used: {}", e.getMessage());
                return false;
            }
        }
    }
}
