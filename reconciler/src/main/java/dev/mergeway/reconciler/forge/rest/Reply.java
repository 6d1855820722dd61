package dev.mergeway.reconciler.forge.rest;

import java.net.http.HttpHeaders;
import java.util.List;
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

    /**
     * Whether more pages follow this one: RFC 8288 says so, as all three forges send it. Of reviews Gitea
     * tells only how many there are, and older ones of members of teams (its routers/api/v1: no {@code SetLinkHeader}).
     *
     * @param read how many items were read, those of this page too
     */
    boolean hasNext(int read) {
        List<String> links = headers.allValues("Link");
        if (!links.isEmpty()) {
            return links.stream().anyMatch(link -> link.contains("rel=\"next\""));
        }
        return !body.isEmpty() && total() > read;
    }

    private long total() {
        try {
            return headers.firstValueAsLong("X-Total-Count").orElse(0);
        } catch (NumberFormatException e) {
            return 0; // then it says nothing
        }
    }
}
