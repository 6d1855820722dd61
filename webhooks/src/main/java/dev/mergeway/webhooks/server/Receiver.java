package dev.mergeway.webhooks.server;

import dev.mergeway.webhooks.decode.Decoded;
import dev.mergeway.webhooks.decode.Decoder;
import dev.mergeway.webhooks.event.Deliveries;
import dev.mergeway.webhooks.event.Delivery;
import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.verify.Verifier;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the deliveries of one forge: verify, decode, store. Blocking; runs on virtual threads. */
final class Receiver {
    private static final Logger log = LoggerFactory.getLogger(Receiver.class);
    private static final int ID = 200;
    private final Endpoint endpoint;
    private final Deliveries deliveries;
    private final InstantSource clock;
    private final Verifier verifier;
    private final Decoder decoder;
    private final Occasionally refusals;

    Receiver(Endpoint endpoint, Deliveries deliveries, InstantSource clock) {
        this.endpoint = endpoint;
        this.deliveries = deliveries;
        this.clock = clock;
        verifier = Verifier.of(endpoint.type(), endpoint.secrets());
        decoder = Decoder.of(endpoint.type());
        refusals = new Occasionally(clock);
    }

    /** What the delivery is answered, after what it asks for is kept. Never throws. */
    Answer receive(Headers headers, byte[] body) {
        Instant now = clock.instant();
        if (!verifier.isAuthentic(headers, body, now)) {
            refusals.run(() -> log.warn(
                    "Refused a delivery to /webhooks/{}: its signature is missing or wrong. Check that the webhook"
                            + " secret is the same on the forge and in our configuration.",
                    endpoint.name()));
            return Answer.UNAUTHENTIC;
        }
        Optional<String> id = id(headers, body);
        if (id.isEmpty()) {
            return Answer.malformed("the delivery's id is longer than " + ID + " or not plain text");
        }
        return switch (decoder.decode(headers, body)) {
            case Decoded.Malformed(String why) -> {
                refusals.run(
                        () -> log.warn("Refused an authentic delivery to /webhooks/{}: {}.", endpoint.name(), why));
                yield Answer.malformed(why);
            }
            case Decoded.Event(RepoEvent.Ignored ignored) -> Answer.nothing(ignored.reason());
            case Decoded.Event(RepoEvent event) -> store(new Delivery(endpoint.name(), id.get(), event, now));
        };
    }

    private Answer store(Delivery delivery) {
        try {
            if (!deliveries.store(delivery)) {
                return Answer.SEEN;
            }
            return deliveries.concerns(delivery) ? Answer.STORED : Answer.UNCONFIGURED;
        } catch (Deliveries.NotStoredException | RuntimeException e) {
            refusals.run(() -> log.error(
                    "A delivery of {} could not be stored. It was answered 503; if the forge does not come again, the"
                            + " next look finds what it said.",
                    endpoint.name(),
                    e));
            return Answer.NOT_STORED;
        }
    }

    /** The forge's id, or one made of the bytes where it sends none; empty where it is not fit to be kept. */
    private Optional<String> id(Headers headers, byte[] body) {
        return decoder.idHeaders().stream()
                .flatMap(name -> headers.value(name).stream())
                .findFirst()
                .or(() -> Optional.of(digest(body)))
                .filter(id -> id.length() <= ID && id.chars().allMatch(c -> c > ' ' && c < 127));
    }

    private static String digest(byte[] body) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", e);
        }
    }
}
