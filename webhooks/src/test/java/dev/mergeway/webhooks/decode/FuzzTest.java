package dev.mergeway.webhooks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes are, decoding gives a value, soon. The seeds are fixed, so that a failure comes again. */
class FuzzTest {
    private static final List<String> NAMES = List.of(
            "push",
            "pull_request",
            "pull_request_sync",
            "issue_comment",
            "pull_request_comment",
            "pull_request_review",
            "pull_request_review_approved",
            "merge_group",
            "\u0000",
            "none");
    private static final byte[] SEED = Cases.json("""
            {'object_kind':'merge_request','action':'edited','number':7,'ref':'refs/heads/x','before':'BASE','after':'HEAD',
             'pull_request':{'number':7,'head':{'sha':'HEAD'},'merged':true,'draft':false,'title':'WIP: x'},
             'changes':{'base':{},'title':{'from':'y'},'ref':{'from':'main'},'draft':{'current':true}},
             'issue':{'number':3,'pull_request':{}},'comment':{'id':9,'body':'/mergeway plan','user':{'login':'b'}},
             'review':{'state':'approved','user':null},'is_pull':true,'sender':{'login':'a'},
             'merge_group':{'head_sha':'HEAD','head_ref':'x/pr-1-HEAD','base_ref':'refs/heads/main'},
             'object_attributes':{'action':'update','id':1,'iid':2,'last_commit':{'id':'HEAD'},'note':'n','noteable_type':'MergeRequest'},
             'merge_request':{'iid':2},'user':{'username':'u'},'project':{'path_with_namespace':'a/b'},
             'repository':{'full_name':'a/b'}}
            """);

    @ParameterizedTest
    @EnumSource
    void neverThrowsAndNeverHangs(ForgeType type) {
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            Decoder decoder = Decoder.of(type);
            Random random = new Random(20_261_125);
            for (int round = 0; round < 20_000; round++) {
                byte[] body = round % 4 == 0 ? noise(random) : mutated(random);
                assertThat(decoder.decode(headers(NAMES.get(random.nextInt(NAMES.size()))), body))
                        .isNotNull();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void standsGreatBodies(ForgeType type) {
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            int size = 25 * 1024 * 1024;
            for (String unit : List.of("[", "{\"a\":", "[],", "\"", "1", "\u0000", "{\"action\":\"a\",", "\\u0000")) {
                String start = unit.equals("[],") ? "{\"x\":[" : unit.equals("\\u0000") ? "{\"ref\":\"" : "";
                byte[] body = (start + unit.repeat((size - 10) / unit.length())).getBytes(StandardCharsets.UTF_8);
                assertThat(Decoder.of(type).decode(headers("push"), body)).isInstanceOf(Decoded.Malformed.class);
            }
        });
    }

    private static Headers headers(String name) {
        return Headers.of(Map.of("X-GitHub-Event", name, "X-Gitlab-Event", name, "X-Gitea-Event-Type", name));
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = SEED.clone();
        int changes = 1 + random.nextInt(6);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = "{}[],:\"\\0-e".getBytes(StandardCharsets.US_ASCII)[random.nextInt(11)];
                case 2 -> System.arraycopy(SEED, 0, bytes, at, Math.min(30, bytes.length - at));
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }
}
