package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Words for what went wrong: what was tried, why it failed, what to do. */
final class Failures {
    private final String forge;

    /** @param forge name of the forge in the configuration */
    Failures(String forge) {
        this.forge = forge;
    }

    /** It was not reached, or broke off. */
    ForgeException unreachable(Request request, IOException cause) {
        String why = switch (cause) {
            case HttpTimeoutException timeout -> "it did not answer in time";
            case ConnectException refused -> "it cannot be reached";
            default -> "the connection broke off (" + cause.getClass().getSimpleName() + ")";
        };
        return failure(
                request, why, "It is tried again; if this lasts, check the forge and the network", true, null, cause);
    }

    /** It answered something that is not what it should be. */
    ForgeException garbled(Request request, String why, Exception cause) {
        return failure(
                request, why, "It is tried again; if this lasts, check what stands in front of it", true, null, cause);
    }

    /** It asks to be left alone. */
    ForgeException limited(Request request, Duration wait) {
        return failure(
                request,
                "its rate limit is reached",
                "It is tried again in " + wait.toSeconds() + " s",
                true,
                wait,
                null);
    }

    /** It failed by itself. */
    ForgeException broken(Request request, Reply reply, @Nullable Duration wait) {
        return failure(request, answered(reply), "It is tried again; if this lasts, check the forge", true, wait, null);
    }

    /** It refused. */
    ForgeException refused(Request request, Reply reply) {
        String advice = switch (reply.status()) {
            case 401 -> "Its token is wrong or expired: put a valid one in the configuration";
            case 403 -> "Give the token's user the right to do this in the repository";
            case 404 -> "Check that it exists and that the token's user may see it";
            case 301, 302, 307, 308 -> "It has moved: put its new path or URL in the configuration";
            case 409 -> "Something else changed it meanwhile; it is tried again";
            default -> "It did not like the request; its own words say why";
        };
        return failure(request, answered(reply), advice, reply.status() == 409, null, null);
    }

    private static String answered(Reply reply) {
        String message = reply.message();
        return "it answered " + reply.status() + (message.isEmpty() ? "" : " (" + message + ")");
    }

    private ForgeException failure(
            Request request,
            String why,
            String advice,
            boolean passing,
            @Nullable Duration wait,
            @Nullable Exception cause) {
        String message = "Forge '%s' could not %s: %s. %s.".formatted(forge, request.purpose(), why, advice);
        return new ForgeException(message, passing, wait, cause);
    }
}
