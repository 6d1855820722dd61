package dev.mergeway.webhooks.decode;

/** A payload lacks what its kind must have. Never leaves this package: it becomes a {@link Decoded.Malformed}. */
final class MalformedException extends Exception {
    MalformedException(String message) {
        super(message, null, false, false);
    }
}
