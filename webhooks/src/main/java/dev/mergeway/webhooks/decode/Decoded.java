package dev.mergeway.webhooks.decode;

import dev.mergeway.webhooks.event.RepoEvent;

/** What reading a delivery gave. */
public sealed interface Decoded {
    /** It says this. */
    record Event(RepoEvent event) implements Decoded {}

    /**
     * It is not what this kind of forge sends.
     *
     * @param why what is wrong, without any of the payload's own text
     */
    record Malformed(String why) implements Decoded {}
}
