package dev.mergeway.webhooks.decode;

import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.Headers;
import java.util.List;

/** Reads the deliveries of one kind of forge. Pure, safe for many threads. */
public interface Decoder {
    /** The event of an authentic delivery. Never throws, whatever the bytes are. */
    Decoded decode(Headers headers, byte[] body);

    /** Headers that may hold the id of a delivery, the best first. */
    List<String> idHeaders();

    /** The decoder of a kind of forge. */
    static Decoder of(ForgeType type) {
        return switch (type) {
            case GITHUB -> new GitHubDecoder();
            case GITLAB -> new GitLabDecoder();
            case GITEA -> new GiteaDecoder();
        };
    }
}
