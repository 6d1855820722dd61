package dev.mergeway.webhooks.server;

/**
 * What a delivery is answered.
 *
 * @param status the HTTP status
 * @param detail one line for whoever looks at the forge's list of deliveries; holds nothing of the delivery
 */
record Answer(int status, String detail) {
    static final Answer STORED = new Answer(202, "stored");
    static final Answer UNCONFIGURED =
            new Answer(202, "stored, and nothing follows: no repository of this path is configured here");
    static final Answer SEEN = new Answer(202, "seen before, nothing happens twice");
    static final Answer UNAUTHENTIC = new Answer(
            401, "the signature is missing or wrong: set the same webhook secret on the forge and in its entry here");
    static final Answer UNKNOWN = new Answer(404, "no forge of this name is configured");
    static final Answer SLOW = new Answer(408, "the body took too long");
    static final Answer TOO_LARGE = new Answer(413, "the body is too large");
    static final Answer NOT_STORED = new Answer(503, "the delivery could not be stored: deliver it again later");
    static final Answer BUSY = new Answer(503, "too many deliveries at once: deliver it again later");

    static Answer nothing(String reason) {
        return new Answer(200, "nothing to do: " + reason);
    }

    static Answer malformed(String why) {
        return new Answer(400, why);
    }

    boolean isError() {
        return status >= 400;
    }
}
