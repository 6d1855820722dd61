package dev.mergeway.webhooks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the tests of the three decoders share: payloads are written with single quotes. */
final class Cases {
    static final String HEAD = "a".repeat(40);
    static final String BASE = "b".repeat(40);

    private Cases() {}

    static byte[] json(String text) {
        return text.replace('\'', '"')
                .replace("HEAD", HEAD)
                .replace("BASE", BASE)
                .getBytes(StandardCharsets.UTF_8);
    }

    static RepoEvent event(Decoder decoder, Map<String, String> headers, String text) {
        Decoded decoded = decoder.decode(Headers.of(headers), json(text));
        assertThat(decoded).isInstanceOf(Decoded.Event.class);
        return ((Decoded.Event) decoded).event();
    }

    static String malformed(Decoder decoder, Map<String, String> headers, String text) {
        Decoded decoded = decoder.decode(Headers.of(headers), json(text));
        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        return ((Decoded.Malformed) decoded).why();
    }
}
