package dev.mergeway.reconciler.kubernetes;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a cluster cannot be asked, in plain words. */
final class Troubles {
    private static final int DEEPEST_CAUSE = 10;

    private Troubles() {}

    /** The trouble behind a failed exchange. */
    static Unreachable of(String server, Throwable failure) {
        Throwable cause = failure;
        @Nullable Throwable certificate = null;
        for (int depth = 0; cause.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
            cause = cause.getCause();
            certificate = cause instanceof SSLException || cause instanceof CertificateException ? cause : certificate;
        }
        if (certificate != null && !isCut(certificate) && !(cause instanceof ClosedChannelException)) {
            return new Unreachable(
                    "no trusted connection to the API server " + server + ": " + distrust(cause), false, failure);
        }
        return new Unreachable("the API server " + server + " cannot be reached: " + words(cause), true, failure);
    }

    static Unreachable credentials(String server) {
        return new Unreachable(
                "the API server " + server + " does not accept our credentials (401). Renew the token or certificate"
                        + " of this target",
                false,
                new SecurityException("401"));
    }

    static Unreachable stopped(String server, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Unreachable("stopped while asking the API server " + server, true, cause);
    }

    /** A connection that ends during the handshake says nothing about certificates. */
    private static boolean isCut(Throwable ssl) {
        String message = Objects.requireNonNullElse(ssl.getMessage(), "");
        return message.contains("closed") || message.contains("reset");
    }

    /** What is wrong with the certificate, and what to do. */
    private static String distrust(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException _ ->
                "its certificate has expired (" + words(cause)
                        + "). Renew it, unless the clock of this machine is wrong";
            case CertificateNotYetValidException _ ->
                "its certificate is not valid yet (" + words(cause)
                        + "). Set the clocks of this machine and of the one that made the certificate right";
            default -> words(cause) + ". Renew its certificate or correct the authority in the target's kubeconfig";
        };
    }

    private static String words(Throwable cause) {
        String message =
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        return switch (cause) {
            case UnknownHostException _ -> "nobody knows the host " + message;
            case ClosedChannelException _ -> "it closed the connection";
            case ConnectException _ -> message.contains("refused") ? "it refuses connections" : message;
            default -> message;
        };
    }
}
