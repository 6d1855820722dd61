package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.report.Notes;
import dev.mergeway.reconciler.run.OwnersStyle;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A forge in memory; what is in its fields is what it answers. */
final class FakeForge implements Forge {
    final Map<Integer, PullRequest> pulls = new HashMap<>();
    final Map<Integer, String> comments = new HashMap<>();
    final Map<Integer, String> notes = new HashMap<>();
    final List<Approval> approvals = new ArrayList<>();
    final List<String> statuses = new ArrayList<>();
    final List<Remark> remarks = new ArrayList<>();
    final Map<String, Set<String>> members = new HashMap<>();
    /** When our comments were edited; null for a forge that does not tell. */
    @Nullable
    Instant edited;

    /** The shell command that approves; null for a forge where comments can be written. */
    @Nullable
    String commanding;

    final List<String> proposed = new ArrayList<>();
    final Map<Integer, Origin> origins = new HashMap<>();
    /** Of the last proposal. */
    final Map<String, Optional<byte[]>> changes = new HashMap<>();

    final Map<String, String> addresses = new HashMap<>();
    OwnersStyle owners = OwnersStyle.GITHUB;
    int teamsAsked;
    boolean teamsBroken;
    final List<Reaction> reactions = new ArrayList<>();
    /** How the next questions of who may do what, and the next reactions, fail. */
    final Deque<ForgeException> permissionFailures = new ArrayDeque<>();

    final Deque<ForgeException> reactFailures = new ArrayDeque<>();
    /** How the next questions for reviews fail. */
    final Deque<ForgeException> approvalFailures = new ArrayDeque<>();
    /** How every status is refused, while it is. */
    @Nullable
    ForgeException refusal;

    /** Of which pull requests it was asked what was said on them, in order. */
    final List<Integer> repliesAsked = new ArrayList<>();

    final List<Comment> replies = new ArrayList<>();
    final List<Long> answered = new ArrayList<>();

    boolean down;
    /** Happens while it is asked for a pull request, before it answers. */
    Runnable whenRead = () -> {};
    /** Happens while it is asked who may do what, before it answers. */
    Runnable whenAsked = () -> {};

    Permission permission = Permission.WRITE;
    /** Happens after it took a status. */
    Runnable whenSet = () -> {};

    @Override
    public String name() {
        return "corp";
    }

    @Override
    public List<PullRequest> open(String repository, String base) {
        return pulls.values().stream()
                .filter(pull -> pull.state() == PullRequest.State.OPEN)
                .toList();
    }

    @Override
    public Optional<PullRequest> pull(String repository, int number) {
        Optional<PullRequest> answer = Optional.ofNullable(pulls.get(number));
        once(whenRead, () -> whenRead = () -> {});
        return answer;
    }

    @Override
    public List<PullRequest> pullsOf(String repository, String commit) {
        return pulls.values().stream()
                .filter(pull -> pull.head().equals(commit) || commit.equals(pull.merge()))
                .toList();
    }

    @Override
    public void say(String repository, int number, String marker, String markdown) {
        (marker.equals(Notes.AGAIN) ? notes : comments).put(number, markdown);
    }

    @Override
    public Optional<String> commanding(PullRequest pull) {
        return Optional.ofNullable(commanding);
    }

    @Override
    public Optional<String> said(String repository, int number, String marker) {
        return Optional.ofNullable(comments.get(number));
    }

    @Override
    public void status(String repository, String commit, CommitStatus status) throws ForgeException {
        if (down) {
            throw new ForgeException("Forge 'corp' is down.", true, null, null);
        }
        if (refusal != null) {
            throw refusal;
        }
        statuses.add(commit + " " + status.state() + " " + status.description());
        once(whenSet, () -> whenSet = () -> {});
    }

    private static void once(Runnable happens, Runnable forget) {
        forget.run();
        happens.run();
    }

    @Override
    public void annotate(String repository, PullRequest pull, List<Remark> remarks) {
        this.remarks.clear();
        this.remarks.addAll(remarks);
    }

    @Override
    public void react(String repository, int number, long comment, Reaction reaction) throws ForgeException {
        failIfToldTo(reactFailures);
        reactions.add(reaction);
    }

    private static void failIfToldTo(Deque<ForgeException> failures) throws ForgeException {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }

    @Override
    public List<Approval> approvals(String repository, int number, String head) throws ForgeException {
        failIfToldTo(approvalFailures);
        return approvals.stream()
                .filter(approval -> approval.commit().equals(head))
                .toList();
    }

    @Override
    public Optional<String> shown(String repository, int number, String marker, Instant at) {
        return Optional.ofNullable(edited).map(time -> at.isBefore(time) ? "" : comments.getOrDefault(number, ""));
    }

    @Override
    public List<Comment> replies(String repository, int number, String marker) {
        repliesAsked.add(number);
        return List.copyOf(replies);
    }

    @Override
    public boolean answered(String repository, int number, long comment) {
        return answered.contains(comment);
    }

    @Override
    public OwnersStyle owners() {
        return owners;
    }

    @Override
    public Optional<Set<String>> members(String repository, String team) throws ForgeException {
        teamsAsked++;
        if (teamsBroken) {
            throw new ForgeException("Forge 'corp' answered 500.", true, null, null);
        }
        return Optional.ofNullable(members.get(team));
    }

    @Override
    public Optional<String> queue(String base) {
        return Optional.of("queue/" + base + "/pr-");
    }

    @Override
    public Optional<String> address(String repository, String user) {
        return Optional.ofNullable(addresses.get(user));
    }

    @Override
    public Optional<Origin> origin(String repository, int number) {
        return Optional.ofNullable(origins.get(number));
    }

    @Override
    public Permission permission(String repository, String user) throws ForgeException {
        once(whenAsked, () -> whenAsked = () -> {});
        failIfToldTo(permissionFailures);
        return permission;
    }

    @Override
    public int propose(
            String repository,
            String base,
            String branch,
            String title,
            String body,
            Map<String, Optional<byte[]>> changed) {
        proposed.add(branch);
        changes.clear();
        changes.putAll(changed);
        origins.put(1, new Origin(body, false, ""));
        return 1;
    }

    @Override
    public int commentLimit() {
        return 65_000;
    }

    @Override
    public void close() {}
}
