package dev.mergeway.webhooks.server;

/** What became of reading a request's body. */
sealed interface Body {
    /** It came, all of it. */
    record Whole(byte[] bytes) implements Body {}

    /** It did not. */
    record Refused(Answer answer) implements Body {}
}
