package dev.mergeway.reconciler.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.SpecKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An index that was brought forward says the same as one that was made anew, and survives being kept. */
class RepoIndexTest {
    private static final List<String> FOLDERS = List.of("", "a", "a/b", "c");

    @Test
    void broughtForwardSaysTheSameAsMadeAnew() {
        Random random = new Random(7);
        Map<String, FileFacts> files = new HashMap<>();
        RepoIndex forward = RepoIndex.EMPTY;
        for (int step = 0; step < 2_000; step++) {
            Map<String, Optional<FileFacts>> changes = new HashMap<>();
            for (int change = random.nextInt(3); change >= 0; change--) {
                String path = path(random);
                Optional<FileFacts> facts =
                        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(facts(random, step));
                changes.put(path, facts);
                facts.filter(some -> !some.isEmpty())
                        .ifPresentOrElse(some -> files.put(path, some), () -> files.remove(path));
            }
            RepoIndex before = forward;
            Map<String, List<String>> told = told(before);
            forward = forward.with(changes);
            assertThat(told(forward)).as("step %d", step).isEqualTo(told(new RepoIndex(files)));
            assertThat(told(before)).as("the one before step %d", step).isEqualTo(told);
        }
    }

    @Test
    void keptBytesGiveTheSameIndex() {
        Random random = new Random(11);
        Map<String, FileFacts> files = new HashMap<>();
        for (int file = 0; file < 60; file++) {
            files.put(path(random), facts(random, file));
        }
        KeptIndex kept = new KeptIndex("c0ffee", "offer ü", new RepoIndex(files));

        KeptIndex back = KeptIndex.of(kept.bytes()).orElseThrow();

        assertThat(back.commit()).isEqualTo("c0ffee");
        assertThat(back.offer()).isEqualTo("offer ü");
        assertThat(back.index().files()).isEqualTo(files);
        assertThat(told(back.index())).isEqualTo(told(kept.index()));
    }

    @Test
    void halfOfTheBytesAreNoIndex() {
        byte[] bytes =
                new KeptIndex("c0ffee", "offer", new RepoIndex(Map.of("a.yaml", facts(new Random(1), 1)))).bytes();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(KeptIndex.of(java.util.Arrays.copyOf(bytes, length))).isEmpty();
        }
    }

    private static String path(Random random) {
        String folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
        return (folder.isEmpty() ? "" : folder + "/") + "f" + random.nextInt(6) + ".yaml";
    }

    private static FileFacts facts(Random random, int step) {
        List<String> environments = random.nextInt(5) == 0 ? List.of("e" + random.nextInt(3)) : List.of();
        List<SpecFacts> specs = random.nextInt(5) == 0
                ? List.of()
                : List.of(new SpecFacts(
                        "Deployment",
                        "s" + random.nextInt(5),
                        random.nextBoolean() ? "e" + random.nextInt(4) : null,
                        1 + random.nextInt(9),
                        random.nextBoolean() ? List.of("a/data", "c") : List.of(),
                        random.nextBoolean() ? List.of("redis.default#x") : List.of("redis.default#y", "dns.default#z"),
                        random.nextBoolean() ? List.of("s" + random.nextInt(5)) : List.of()));
        return new FileFacts("id" + step, environments, specs, List.of(), random.nextInt(9) == 0, false);
    }

    /** All that an index can be asked. */
    private static Map<String, List<String>> told(RepoIndex index) {
        Map<String, List<String>> told = new HashMap<>();
        told.put("files", index.files().keySet().stream().sorted().toList());
        told.put("declared", List.copyOf(index.environments()));
        told.put("named", List.copyOf(index.environmentsNamed()));
        told.put("offers", index.offers());
        told.put(
                "each of them",
                index.files().keySet().stream().filter(index::isOffer).sorted().toList());
        told.put("read", List.copyOf(index.readersOf("a/data/x")));
        for (int number = 0; number < 4; number++) {
            String environment = "e" + number;
            told.put("files of " + environment, index.filesOf(environment));
            for (String shared : List.of("redis.default#x", "dns.default#z")) {
                told.put(
                        "sharers of " + shared + " in " + environment,
                        index.sharersOf(environment, shared).stream().sorted().toList());
            }
            told.put(
                    "declares " + environment,
                    index.declares(environment).stream().toList());
            for (int spec = 0; spec < 5; spec++) {
                String name = "s" + spec;
                told.put(
                        "callers of " + name + " in " + environment,
                        index.callersOf(environment, name).stream().sorted().toList());
                told.put("is there " + name + " in " + environment, List.of("" + index.names(environment, name)));
                SpecKey key = new SpecKey(environment, "Deployment", "s" + spec);
                told.put(
                        "places " + key,
                        index.places(key).stream()
                                .map(RepoIndex.Place::toString)
                                .toList());
            }
        }
        return told;
    }
}
