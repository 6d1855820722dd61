package dev.mergeway.reconciler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.policy.CodeOwners.Need;
import dev.mergeway.reconciler.run.OwnersStyle;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeOwnersTest {
    private static List<Need> needs(String file, OwnersStyle style, String... paths) {
        return CodeOwners.parse(file, style).orElseThrow().needs(List.of(paths));
    }

    private static String owners(String file, OwnersStyle style, String path) {
        return needs(file, style, path).stream()
                .map(need -> String.join(" ", need.owners()))
                .collect(Collectors.joining(" + "));
    }

    /** From GitHub's and GitLab's own pages on the syntax. */
    @ParameterizedTest
    @CsvSource({
        "GITHUB, *, a/b.txt, true",
        "GITHUB, *.js, a/b/c.js, true",
        "GITHUB, *.js, a/b/c.jsx, false",
        "GITHUB, /build/logs/, build/logs/today/a.log, true",
        "GITHUB, /build/logs/, x/build/logs/a.log, false",
        "GITHUB, docs/*, docs/getting-started.md, true",
        "GITHUB, docs/*, docs/build-app/troubleshooting.md, false",
        "GITHUB, docs/*, x/docs/a.md, false",
        "GITHUB, apps/, x/apps/y/z.go, true",
        "GITHUB, apps/, apps, false",
        "GITHUB, /docs/, docs/a/b.md, true",
        "GITHUB, **/logs, deeply/nested/logs/a.log, true",
        "GITHUB, **/logs, logs/a.log, true",
        "GITHUB, /apps/github, apps/github, true",
        "GITHUB, /apps/github, apps/github/a.go, true",
        "GITHUB, /apps/github, apps/github2, false",
        "GITHUB, /a/**/z.txt, a/z.txt, true",
        "GITHUB, /a/**/z.txt, a/b/c/z.txt, true",
        "GITHUB, /a?c*e.txt, abcdddde.txt, true",
        "GITHUB, /A.txt, a.txt, false",
        "GITHUB, **, a/b, true",
        "GITLAB, README.md, a/b/README.md, true",
        "GITLAB, /README.md, a/README.md, false",
        "GITLAB, /docs/*, docs/a.md, true",
        "GITLAB, /docs/*, docs/b/a.md, false",
        "GITLAB, /docs/**/*.md, docs/b/c/a.md, true",
        "GITLAB, /docs/**/*.md, docs/a.md, true",
        "GITLAB, /docs/, docs/b/a.md, true",
        "GITLAB, internal/README.md, x/internal/README.md, true",
        "GITLAB, /docs, docs/a.md, false",
        "GITEA, .*[.]go, a/b.go, true",
        "GITEA, [.]go, a/b.go, false",
        "GITEA, !src/.*, docs/a.md, true",
        "GITEA, !src/.*, src/a.md, false",
    })
    void patternsMeanWhatTheirForgeSays(OwnersStyle style, String pattern, String path, boolean matches) {
        assertThat(owners(pattern + " @maria", style, path)).isEqualTo(matches ? "@maria" : "");
    }

    @Test
    void theLastThatMatchesCountsAndMayTakeTheOwnersAway() {
        String file = """
                # everything
                * @acme/all docs@example.test # not @this
                /dev/ @rosa

                /dev/open/
                nonsense
                with\\ space.txt @max
                """;
        assertThat(owners(file, OwnersStyle.GITHUB, "a.yaml")).isEqualTo("@acme/all docs@example.test");
        assertThat(owners(file, OwnersStyle.GITHUB, "dev/web.yaml")).isEqualTo("@rosa");
        assertThat(owners(file, OwnersStyle.GITHUB, "dev/open/web.yaml")).isEmpty();
        assertThat(owners(file, OwnersStyle.GITHUB, "x/with space.txt")).isEqualTo("@max");
    }

    @Test
    void filesOfTheSameOwnersAreOneNeed() {
        assertThat(needs("*.md @a @b\n*.txt @b @a", OwnersStyle.GITHUB, "a.md", "b.txt", "c"))
                .containsExactly(new Need("", 1, List.of("@a", "@b"), List.of("a.md", "b.txt")));
    }

    @Test
    void gitLabsSectionsEachWantTheirOwnApprovals() {
        String file = """
                * @all
                [Docs][2] @docs/team
                *.md
                README.md @rosa
                ^[Hints] @nobody
                *
                [docs]
                !LICENSE.md
                """;
        assertThat(needs(file, OwnersStyle.GITLAB, "a.md", "README.md", "LICENSE.md", "b.txt"))
                .containsExactly(
                        new Need("", 1, List.of("@all"), List.of("a.md", "README.md", "LICENSE.md", "b.txt")),
                        new Need("Docs", 2, List.of("@docs/team"), List.of("a.md")),
                        new Need("Docs", 2, List.of("@rosa"), List.of("README.md")));
        assertThat(owners("[Docs] @docs\n", OwnersStyle.GITHUB, "[Docs]"))
                .as("no section on GitHub")
                .isEqualTo("@docs");
    }

    @Test
    void onGiteaAllThatMatchOwnAFile() {
        String file = ".*\\\\.go user1 @acme/team # why\n(broken @x\nmain.* @rosa\n";
        assertThat(owners(file, OwnersStyle.GITEA, "main.go")).isEqualTo("@acme/team @rosa @user1");
    }

    @Test
    void aFileWithoutEndIsNotJudged() {
        assertThat(CodeOwners.parse("a @b\n".repeat(2_001), OwnersStyle.GITHUB)).isEmpty();
        assertThat(CodeOwners.parse("# no rule\n".repeat(50_000), OwnersStyle.GITHUB))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "\\", "!", "[", "[]", "[[a]", "**/", "#", "@", " @x", "*** @a", "[a][999]x"})
    void oddLinesBreakNothing(String line) {
        for (OwnersStyle style : OwnersStyle.values()) {
            assertThat(CodeOwners.parse(line + "\n" + line + " @a", style)
                            .orElseThrow()
                            .needs(List.of("a/b", "c")))
                    .isNotNull();
        }
    }

    @Test
    @Timeout(20)
    void noPatternIsSlow() {
        String long255 = "a".repeat(255);
        long began = System.nanoTime();
        owners("*a".repeat(200) + "b @x", OwnersStyle.GITHUB, long255 + "/" + long255);
        owners("**/a".repeat(200) + "/b @x", OwnersStyle.GITHUB, "a/".repeat(1_000) + "c");
        assertThat(owners("(a*)*(a*)*(a*)*b @x", OwnersStyle.GITEA, long255)).isEmpty();
        owners("!(a|a?)+b @x", OwnersStyle.GITEA, long255);
        owners("((a+)+)+$ @x", OwnersStyle.GITEA, long255 + "b");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
}
