package dev.mergeway.reconciler.forge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.PlainGit;
import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.PullRequest.State;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of plain Git sees of the local forge. */
class LocalForgeTest {
    private static final String SHOP = "acme/shop";
    private static final String MARKER = "<!-- mergeway -->";

    @TempDir
    Path folder;

    private LocalForge forge;
    private PlainGit user;
    private Path bare;

    @BeforeEach
    void start() throws Exception {
        forge = forge();
        bare = folder.resolve("repos/acme/shop.git");
        user = PlainGit.clone(bare, folder.resolve("work tree"));
        user.file("a.yaml", "a: 1\n").commit("First");
        user.run("push", "-q", "origin", "main");
        forge.look(SHOP);
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private LocalForge forge() throws ForgeException {
        return forge(Integer.MAX_VALUE);
    }

    /** A forge whose repository fails from a call onwards, as if the process had been killed there. */
    private LocalForge forge(int lastCall) throws ForgeException {
        var calls = new AtomicInteger();
        return new LocalForge(
                "here",
                folder.resolve("repos"),
                List.of(new Hosted("shop", SHOP, "main")),
                "http://localhost:8080/",
                () -> Instant.parse("2026-11-25T10:00:00Z"),
                (hosted, path) -> {
                    var real = JGitRepository.origin(hosted.name(), path, hosted.branch());
                    return (BareRepository) Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {BareRepository.class},
                            (proxy, method, with) -> {
                                if (calls.incrementAndGet() > lastCall
                                        && !method.getName().equals("close")) {
                                    throw new RepositoryException("killed", true, new IOException());
                                }
                                try {
                                    return method.invoke(real, with);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }

    private String branch(String name, String path, String content) throws IOException {
        user.run("checkout", "-q", "-b", name, "main");
        String head = user.file(path, content).commit("Add " + path);
        user.run("push", "-q", "origin", name);
        return head;
    }

    private PullRequest pull(int number) throws ForgeException {
        return forge.pull(SHOP, number).orElseThrow();
    }

    @Test
    void aMissingRepositoryIsMadeEmptyWithHeadOnTheTrackedBranch() throws Exception {
        assertThat(Files.readString(bare.resolve("HEAD"))).isEqualTo("ref: refs/heads/main\n");
        try (var again = forge()) {
            assertThat(again.open(SHOP, "main")).isEmpty();
        }
    }

    @Test
    void aPushedBranchIsAPullRequest() throws Exception {
        String head = branch("feature/queue", "queue.yaml", "q: 1\n");
        assertThat(forge.look(SHOP)).containsExactly(new PullChanged(SHOP, 1, Change.OPENED, head, "Ada Lovelace"));
        assertThat(forge.open(SHOP, "main"))
                .containsExactly(new PullRequest(
                        1,
                        "Add queue.yaml",
                        "Ada Lovelace",
                        "feature/queue",
                        head,
                        "main",
                        State.OPEN,
                        null,
                        "http://localhost:8080/pulls/shop/1",
                        false,
                        false));
        branch("other", "other.yaml", "o: 1\n");
        assertThat(forge.open(SHOP, "main")).extracting(PullRequest::number).containsExactly(1, 2);
        assertThat(forge.open(SHOP, "release")).isEmpty();
    }

    @Test
    void aBranchWithoutACommitOfItsOwnIsNoPullRequestYet() throws Exception {
        user.run("push", "-q", "origin", "main:refs/heads/empty");
        assertThat(forge.open(SHOP, "main")).isEmpty();
        assertThat(forge.pull(SHOP, 1)).isEmpty();
    }

    @Test
    void aForcePushKeepsTheNumberAndTakesTheNewTitle() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.file("x.yaml", "x: 2\n").run("commit", "-q", "-a", "--amend", "-m", "Better");
        user.run("push", "-q", "-f", "origin", "topic");
        assertThat(forge.look(SHOP))
                .containsExactly(new PullChanged(SHOP, 1, Change.COMMITS, user.id("HEAD"), "Ada Lovelace"));
        assertThat(pull(1).title()).isEqualTo("Better");
        assertThat(pull(1).head()).isEqualTo(user.id("HEAD"));
    }

    @Test
    void aMergeCommitMergesAndIsFoundFromEveryCommitItBrought() throws Exception {
        String first = branch("topic", "x.yaml", "x: 1\n");
        String head = user.file("y.yaml", "y: 1\n").commit("More");
        user.run("push", "-q", "origin", "topic");
        forge.look(SHOP);
        String before = user.id("main");
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        user.run("push", "-q", "origin", "main");
        String merge = user.id("main");

        assertThat(forge.look(SHOP))
                .containsExactly(
                        new PullChanged(SHOP, 1, Change.MERGED, head, "Ada Lovelace"),
                        new Pushed(SHOP, "main", before, merge));
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
        assertThat(pull(1).mergeCommit()).contains(merge);
        for (String commit : List.of(merge, head, first)) {
            assertThat(forge.pullsOf(SHOP, commit))
                    .extracting(PullRequest::number)
                    .containsExactly(1);
        }
        assertThat(forge.pullsOf(SHOP, before)).isEmpty();

        user.run("push", "-q", "origin", ":topic");
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
        assertThat(forge.open(SHOP, "main")).isEmpty();
    }

    @Test
    void aMergedBranchThatCatchesUpStaysMergedAndOneThatGoesOnIsOpenAgain() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        user.run("push", "-q", "origin", "main");
        forge.look(SHOP);
        user.run("push", "-q", "origin", "main:topic");
        assertThat(forge.look(SHOP)).isEmpty();
        assertThat(pull(1).mergeCommit()).contains(user.id("main"));
        user.file("more.yaml", "m: 1\n").commit("More");
        user.run("push", "-q", "origin", "HEAD:topic");
        assertThat(forge.look(SHOP)).extracting("change").containsExactly(Change.REOPENED);
        assertThat(pull(1).mergeCommit()).isEmpty();
    }

    @Test
    void anApprovalOfTheMergeCoversTheHeadThatItMerged() throws Exception {
        String head = branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        user.run("push", "-q", "origin", "main", "main:refs/tags/mergeway/approve/1/grace");
        assertThat(forge.approvals(SHOP, 1, head)).containsExactly(new Approval("grace", head, ""));
    }

    @Test
    void aRevertIsAPullRequestOfItsOwn() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        user.run("push", "-q", "origin", "main");
        user.run("checkout", "-q", "-b", "back");
        user.run("revert", "--no-edit", "-m", "1", "HEAD");
        user.run("push", "-q", "origin", "back");
        assertThat(forge.open(SHOP, "main")).extracting(PullRequest::title).containsExactly("Revert \"Merge topic\"");
        user.run("push", "-q", "origin", "back:main");
        assertThat(forge.pullsOf(SHOP, user.id("back")))
                .extracting(PullRequest::number)
                .containsExactly(2);
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
    }

    @Test
    void aFastForwardMerges() throws Exception {
        String first = branch("topic", "x.yaml", "x: 1\n");
        String head = user.file("y.yaml", "y: 1\n").commit("More");
        user.run("push", "-q", "origin", "topic");
        forge.look(SHOP);
        user.run("push", "-q", "origin", "topic:main");
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
        assertThat(pull(1).mergeCommit()).contains(head);
        assertThat(forge.pullsOf(SHOP, first)).hasSize(1);
        assertThat(forge.pullsOf(SHOP, user.id("main"))).isEmpty();
    }

    @Test
    void aBranchPushedAndMergedBetweenTwoLooksIsStillAPullRequest() throws Exception {
        branch("quick", "x.yaml", "x: 1\n");
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge quick", "quick");
        user.run("push", "-q", "origin", "main");
        assertThat(forge.pullsOf(SHOP, user.id("main")))
                .extracting(PullRequest::branch)
                .containsExactly("quick");
    }

    @Test
    void aSquashMerges() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        user.file("x.yaml", "x: 2\n").commit("More");
        user.run("push", "-q", "origin", "topic");
        forge.look(SHOP);
        user.run("checkout", "-q", "main");
        user.file("other.yaml", "o: 1\n").commit("In between");
        user.run("merge", "-q", "--squash", "topic");
        String squash = user.commit("Squashed topic");
        user.run("push", "-q", "origin", "main");
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
        assertThat(forge.pullsOf(SHOP, squash)).extracting(PullRequest::number).containsExactly(1);
    }

    @Test
    void aDeletedBranchIsClosedAndComesBackUnderItsNumber() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        branch("second", "y.yaml", "y: 1\n");
        forge.look(SHOP);
        user.run("push", "-q", "origin", ":topic");
        assertThat(forge.look(SHOP)).extracting("change").containsExactly(Change.CLOSED);
        assertThat(pull(1).state()).isEqualTo(State.CLOSED);
        user.run("push", "-q", "origin", "topic");
        assertThat(forge.look(SHOP)).extracting("change").containsExactly(Change.REOPENED);
        assertThat(forge.open(SHOP, "main")).extracting(PullRequest::number).containsExactly(1, 2);
    }

    @Test
    void aBranchDeletedBeforeItsMergeIsPushedWasMerged() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("push", "-q", "origin", ":topic");
        forge.look(SHOP);
        user.run("push", "-q", "origin", "topic:main");
        assertThat(forge.look(SHOP)).hasSize(2);
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
    }

    @Test
    void allIsThereAfterARestartAndAfterGc() throws Exception {
        String head = branch("topic", "x.yaml", "x: 1\n");
        forge.say(SHOP, 1, MARKER, MARKER + "\nplan ✓");
        forge.status(
                SHOP, head, new CommitStatus("mergeway/plan", CommitStatus.State.SUCCESS, "1 to create", "http://x"));
        user.run("push", "-q", "origin", ":topic");
        forge.look(SHOP);
        forge.close();
        PlainGit.in(bare).run("gc", "-q", "--prune=now");
        forge = forge();
        assertThat(pull(1).state()).isEqualTo(State.CLOSED);
        assertThat(pull(1).head()).isEqualTo(head);
        assertThat(forge.said(SHOP, 1, MARKER)).contains(MARKER + "\nplan ✓");
        assertThat(forge.statuses(SHOP, head))
                .extracting(CommitStatus::description)
                .containsExactly("1 to create");
        assertThat(PlainGit.in(bare).run("cat-file", "-t", head)).isEqualTo("commit\n");
        branch("next", "y.yaml", "y: 1\n");
        assertThat(forge.open(SHOP, "main")).extracting(PullRequest::number).containsExactly(2);
    }

    @Test
    void halfWrittenStateIsMadeAgainUnderTheSameNumber() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        branch("second", "y.yaml", "y: 1\n");
        forge.look(SHOP);
        forge.close();
        Files.writeString(bare.resolve("mergeway/pulls/1/pull"), "number: 1\nbran");
        Files.writeString(bare.resolve("mergeway/pulls/2/pull.new"), "numb");
        Files.delete(bare.resolve("mergeway/tracked"));
        forge = forge();
        assertThat(forge.open(SHOP, "main"))
                .extracting(PullRequest::branch, PullRequest::number)
                .containsExactly(tuple("topic", 1), tuple("second", 2));
    }

    @Test
    void killedAtAnyCallItGoesOnWithTheSameNumbers() throws Exception {
        String first = branch("one", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        branch("two", "y.yaml", "y: 1\n");
        user.run("push", "-q", "origin", first + ":main");
        forge.close();
        for (int call = 1; call < 60; call++) {
            try (var killed = forge(call)) {
                killed.look(SHOP);
            } catch (ForgeException e) {
                assertThat(e).hasMessageContaining("killed");
            }
        }
        forge = forge();
        assertThat(pull(1).state()).isEqualTo(State.MERGED);
        assertThat(pull(1).mergeCommit()).contains(first);
        assertThat(forge.open(SHOP, "main"))
                .extracting(PullRequest::branch, PullRequest::number)
                .containsExactly(tuple("two", 2));
        assertThat(user.run("ls-remote", "origin", "refs/pull/*").lines()).hasSize(2);
        assertThat(bare.resolve("mergeway/pulls")).isDirectoryNotContaining("glob:**/3");
    }

    @Test
    void theCommentIsFoundByItsMarkerAndEditedInPlace() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.say(SHOP, 1, "<!-- other -->", "<!-- other --> first");
        forge.say(SHOP, 1, MARKER, MARKER + " one");
        forge.say(SHOP, 1, MARKER, MARKER + " two");
        assertThat(forge.said(SHOP, 1, MARKER)).contains(MARKER + " two");
        assertThat(bare.resolve("mergeway/pulls/1/comment-2.md")).hasContent(MARKER + " two");
        assertThat(bare.resolve("mergeway/pulls/1/comment-3.md")).doesNotExist();
        assertThatThrownBy(() -> forge.say(SHOP, 9, MARKER, MARKER)).hasMessageContaining("no pull request 9");
    }

    @Test
    void anApprovalIsATagOnTheVeryCommit() throws Exception {
        String head = branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("push", "-q", "origin", "topic:refs/tags/mergeway/approve/1/grace");
        user.run("push", "-q", "origin", "topic:refs/tags/mergeway/approve/1/ada-lovelace");
        assertThat(forge.approvals(SHOP, 1, head))
                .containsExactly(new Approval("Ada Lovelace", head, ""), new Approval("grace", head, ""));
        assertThat(forge.approvals(SHOP, 1, user.id("main"))).isEmpty();
        assertThat(forge.look(SHOP)).extracting("body", "author").contains(tuple("/mergeway approve", "grace"));
    }

    @Test
    void anApprovalOfAnotherCommitIsOfOneThatWasNeverShown() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("tag", "seen", "topic");
        user.file("x.yaml", "x: 2\n").commit("Something else");
        user.run("push", "-q", "origin", "topic", "seen:refs/tags/mergeway/approve/1/grace");
        Commented told = commands().getFirst();
        assertThat(told.body()).isEqualTo("/mergeway approve");
        assertThat(shownAt(told)).contains("");
        user.run("push", "-q", "origin", "topic:refs/tags/mergeway/approve/1/rosa");
        assertThat(shownAt(commands().getLast())).isEmpty();
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        user.file("y.yaml", "y: 1\n").commit("Another");
        user.run("push", "-q", "origin", "main", "main:refs/tags/mergeway/approve/1/maria");
        assertThat(shownAt(commands().stream()
                        .filter(each -> each.author().equals("maria"))
                        .findFirst()
                        .orElseThrow()))
                .isEmpty();
    }

    private List<Commented> commands() throws ForgeException {
        return forge.look(SHOP).stream()
                .filter(Commented.class::isInstance)
                .map(Commented.class::cast)
                .toList();
    }

    /** What its author saw as far as the forge knows; empty where it does not. */
    private Optional<String> shownAt(Commented told) throws ForgeException {
        Instant written = told.written();
        return written == null ? Optional.empty() : forge.shown(SHOP, told.number(), MARKER, written);
    }

    @Test
    void itSaysHowToApproveFromTheBranchAndOnceMergedFromTheTrackedOne() throws Exception {
        branch("it's", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        assertThat(forge.commanding(pull(1)))
                .contains("git push origin 'it'\\''s':refs/tags/mergeway/approve/1/YOUR-NAME");
        user.run("push", "-q", "origin", "it's:main");
        assertThat(forge.commanding(pull(1))).contains("git push origin main:refs/tags/mergeway/approve/1/YOUR-NAME");
    }

    @Test
    void aMistypedCommandIsToldAsItIsSoThatItIsAnswered() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("push", "-q", "origin", "topic:refs/tags/mergeway/aprove/1/grace");
        assertThat(commands()).extracting(Commented::body).containsExactly("/mergeway aprove");
        forge.react(SHOP, 1, commands().getFirst().comment(), Reaction.CONFUSED);
        assertThat(commands()).isEmpty();
        assertThat(user.run("ls-remote", "origin", "refs/tags/*")).isEmpty();
    }

    @Test
    void aCommandTagIsToldUntilAnsweredThenTakenAway() throws Exception {
        branch("topic", "x.yaml", "x: 1\n");
        forge.look(SHOP);
        user.run("tag", "-a", "-m", "please", "mergeway/retry/1", "topic");
        user.run("push", "-q", "origin", "mergeway/retry/1");
        var told = (Commented) forge.look(SHOP).getFirst();
        assertThat(told.body()).isEqualTo("/mergeway retry");
        assertThat(told.author()).isEqualTo("Ada Lovelace");
        assertThat(forge.look(SHOP)).containsExactly(told);
        forge.react(SHOP, 1, told.comment(), Reaction.DONE);
        assertThat(forge.look(SHOP)).isEmpty();
        assertThat(user.run("ls-remote", "origin", "refs/tags/*")).isEmpty();
        user.run("push", "-q", "origin", "mergeway/retry/1");
        assertThat(forge.look(SHOP)).hasSize(1).doesNotContain(told);
    }

    @Test
    void aProposalIsABranchWithACommit() throws Exception {
        Map<String, Optional<byte[]>> changes = Map.of(
                "a.yaml", Optional.empty(), "new/b.yaml", Optional.of("b: 1\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(forge.propose(SHOP, "main", "mergeway/expire", "Remove a", "It expired.", changes))
                .isEqualTo(1);
        assertThat(forge.propose(SHOP, "main", "mergeway/expire", "Remove a", "It expired.", changes))
                .isEqualTo(1);
        assertThat(pull(1).title()).isEqualTo("Remove a");
        user.run("fetch", "-q", "origin");
        assertThat(user.run("diff", "--name-status", "main", "origin/mergeway/expire"))
                .isEqualTo("D\ta.yaml\nA\tnew/b.yaml\n");
        assertThat(user.run("rev-list", "--count", "main..origin/mergeway/expire"))
                .isEqualTo("1\n");
        assertThatThrownBy(() -> forge.propose(SHOP, "main", "main", "x", "x", changes))
                .isInstanceOf(ForgeException.class);
    }

    @Test
    void onlyConfiguredRepositoriesAreServed() {
        assertThatThrownBy(() -> forge.open("../etc", "main")).hasMessageContaining("does not serve '../etc'");
        assertThatThrownBy(() -> new Hosted("x", "../x", "main")).hasMessageContaining("acme/shop");
    }
}
