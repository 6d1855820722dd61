package dev.mergeway.webhooks.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** JSON to the wanted scalars, in one pass: memory follows what is wanted, whatever the body holds. */
final class PayloadReader {
    /** Bytes of the greatest delivery, GitHub's limit for its own. */
    static final int BYTES = 25 * 1024 * 1024;

    /** Real payloads nest 9 deep at most. */
    private static final int DEPTH = 64;

    private static final byte[] FORM = "payload=".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(BYTES)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            // Names come from outside: interning them would fill a table that is never emptied.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final Map<String, String> values = new HashMap<>();

    private PayloadReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The wanted members that are there: a scalar as its text, an object or array as "". Null counts as absent. */
    static Map<String, String> read(byte[] body, Paths wanted) throws MalformedException {
        if (body.length > BYTES) {
            throw new MalformedException("the payload has more than 25 MB");
        }
        try (JsonParser parser = JSON.createParser(json(body))) {
            PayloadReader reader = new PayloadReader(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedException("the payload is not a JSON object");
            }
            reader.object(wanted, "");
            if (parser.nextToken() != null) {
                throw new MalformedException("something follows the payload's JSON object");
            }
            return reader.values;
        } catch (IOException e) {
            throw new MalformedException("the payload is not JSON, or nested deeper than " + DEPTH);
        }
    }

    private void object(Paths wanted, String place) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            Paths below = wanted.below(name);
            if (below == null) {
                parser.skipChildren();
            } else {
                member(token, below, place.isEmpty() ? name : place + "." + name);
            }
        }
    }

    private void member(JsonToken token, Paths below, String place) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            values.remove(place);
        } else if (token == JsonToken.START_OBJECT) {
            values.put(place, "");
            object(below, place);
        } else if (token == JsonToken.START_ARRAY) {
            values.put(place, "");
            parser.skipChildren();
        } else {
            values.put(place, parser.getText());
        }
    }

    /** GitHub and Gitea can be told to send a form; the JSON is in its {@code payload}. */
    private static byte[] json(byte[] body) throws MalformedException {
        if (body.length < FORM.length || !Arrays.equals(body, 0, FORM.length, FORM, 0, FORM.length)) {
            return body;
        }
        try {
            String form = new String(body, FORM.length, body.length - FORM.length, StandardCharsets.UTF_8);
            int end = form.indexOf('&');
            return URLDecoder.decode(end < 0 ? form : form.substring(0, end), StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the form's payload is not URL-encoded");
        }
    }
}
