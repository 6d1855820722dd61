package dev.mergeway.reconciler.servers;

import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Whether tests may start containers: an engine on this very machine, and a Linux one, so that a container can share its
 * network and is reached, and reaches the tests, at 127.0.0.1.
 */
public final class ContainerEngine {
    private ContainerEngine() {}

    /** Asked once for the test JVM. */
    private static final class Answer {
        static final boolean THERE = System.getProperty("os.name").equals("Linux") && answers();

        private static boolean answers() {
            DockerClientFactory factory = DockerClientFactory.instance();
            try {
                return factory.isDockerAvailable()
                        && factory.dockerHostIpAddress().matches("localhost|127\\.0\\.0\\.1");
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(ContainerEngine.class)
                        .warn("a container engine is there, but starts no container: {}", e.getMessage());
                return false;
            }
        }
    }

    /** Whether there is one. */
    public static boolean isThere() {
        return Answer.THERE;
    }
}
