package dev.mergeway.reconciler.servers;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports for servers that want to be told theirs. */
public final class Ports {
    private Ports() {}

    /**
     * A free port with two free ones above it; below 32768 nobody gets one by chance.
     *
     * @throws IOException if there is none
     */
    public static int free() throws IOException {
        int start = 20000 + (int) (ProcessHandle.current().pid() % 3000) * 4;
        for (int port = start; port < start + 400; port += 4) {
            try (ServerSocket one = new ServerSocket(port);
                    ServerSocket two = new ServerSocket(port + 1);
                    ServerSocket three = new ServerSocket(port + 2)) {
                return port;
            } catch (IOException e) {
                continue;
            }
        }
        throw new IOException("no three free ports from " + start);
    }
}
