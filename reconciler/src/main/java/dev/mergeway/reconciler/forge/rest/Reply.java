package dev.mergeway.reconciler.forge.rest;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What a forge answered, where it did answer: 2xx, or 4xx that says something about the request.
 *
 * @param status the HTTP status
 * @param body its JSON; a missing node where there was none
 * @param headers its headers
 */
public record Reply(int status, JsonNode body, HttpHeaders headers) {
    /** Whether it says that there is no such thing, or that the token may not see it. */
    public boolean isHidden() {
        return status == 403 || status == 404;
    }

    /** Whether it did what it was asked. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** What it says went wrong, one line of at most 300 characters; untrusted text. */
    public String message() {
        JsonNode message = body.path("message");
        if (message.isMissingNode()) {
            message = body.path("error");
        }
        String text = message.isString() ? message.stringValue() : message.isMissingNode() ? "" : message.toString();
        return Texts.cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), 300);
    }

    /** Whether more pages follow this one (RFC 8288, as all three forges send it). */
    boolean hasNext() {
        return headers.allValues("Link").stream().anyMatch(link -> link.contains("rel=\"next\""));
    }
}
