package dev.mergeway.reconciler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunKeyTest {
    private static RunKey command(Order.Verb verb, String covers, String author) {
        return new RunKey.Command(
                "shop", 7, new Order(verb, 31, Instant.parse("2026-11-30T10:00:00.7Z"), covers, author));
    }

    static Stream<RunKey> keys() {
        return Stream.of(
                new RunKey.Look("shop"),
                new RunKey.Review("shop", 7),
                new RunKey.Queued("shop", 0, "a".repeat(40)),
                command(Order.Verb.APPROVE, "0123456789abcdef", "maria"),
                command(Order.Verb.PLAN, "", "renovate[bot]"),
                new RunKey.Command(
                        "shop",
                        7,
                        new Order(
                                Order.Verb.APPROVE,
                                31,
                                Instant.parse("2026-11-30T10:00:00.7Z"),
                                Instant.parse("2026-11-30T09:59:58Z"),
                                "0123",
                                "a/b")),
                command(Order.Verb.UNKNOWN, "", "a/b"),
                new RunKey.Release("shop-dev"),
                new RunKey.Drift("shop-dev"),
                new RunKey.Expiry("shop-dev"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void itsTextIsReadBack(RunKey key) {
        assertThat(RunKey.parse(key.text())).isEqualTo(key);
    }
}
