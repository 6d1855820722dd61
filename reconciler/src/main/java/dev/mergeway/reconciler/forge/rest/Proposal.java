package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Opens a pull request of ours, or brings the one that is open from the same branch up to date. */
public final class Proposal {
    private final String repository;
    private final String base;
    private final String branch;
    private final Steps steps;

    /**
     * A proposal.
     *
     * @param repository path of the repository
     * @param base the branch to be merged into
     * @param branch the branch that is ours to write
     * @param steps how the forge does it
     */
    public Proposal(String repository, String base, String branch, Steps steps) {
        this.repository = repository;
        this.base = base;
        this.branch = branch;
        this.steps = steps;
    }

    /** How a forge does it. */
    public interface Steps {
        /** The open pull requests onto the base. */
        List<PullRequest> open() throws ForgeException;

        /** A file of a branch: its {@code content} in Base64, on some its {@code sha}. */
        Optional<JsonNode> file(String branch, String path) throws ForgeException;

        /** Makes the branch, whatever it was, the tip of the base and one commit. */
        void commit(String message, Map<String, Change> changes) throws ForgeException;

        /** Opens the pull request; gives its number. */
        int create(String title, String body) throws ForgeException;

        /** Gives the open pull request these texts, where it has others. */
        void edit(int number, String title, String body) throws ForgeException;
    }

    /**
     * What becomes of a file.
     *
     * @param present the file on the base, as the forge describes it
     * @param content its new content; empty deletes it
     */
    public record Change(Optional<JsonNode> present, Optional<byte[]> content) {}

    /** Proposes; gives the number of the pull request. */
    public int open(String title, String body, Map<String, Optional<byte[]>> files) throws ForgeException {
        Optional<Integer> open = steps.open().stream()
                .filter(pull -> pull.branch().equals(branch) && !pull.fork())
                .map(PullRequest::number)
                .findFirst();
        // A commit that changes nothing would start a run, which would propose again.
        if (open.isEmpty() || !differing(branch, files).isEmpty()) {
            Map<String, Change> changes = differing(base, files);
            if (changes.isEmpty()) {
                throw new ForgeException(
                        "Nothing to propose to " + repository + ": " + base + " has these files already.",
                        false,
                        null,
                        null);
            }
            // The body too: a later look at the commit alone must tell what it reverts.
            steps.commit(title + "\n\n" + body.strip(), changes);
        }
        if (open.isPresent()) {
            steps.edit(open.get(), title, body);
            return open.get();
        }
        return steps.create(title, body);
    }

    private Map<String, Change> differing(String on, Map<String, Optional<byte[]>> files) throws ForgeException {
        Map<String, Change> changes = new TreeMap<>();
        for (Map.Entry<String, Optional<byte[]>> file : files.entrySet()) {
            Optional<JsonNode> present = steps.file(on, file.getKey());
            if (!isSame(present, file.getValue())) {
                changes.put(file.getKey(), new Change(present, file.getValue()));
            }
        }
        return changes;
    }

    private static boolean isSame(Optional<JsonNode> present, Optional<byte[]> wanted) {
        if (present.isEmpty() || wanted.isEmpty()) {
            return present.isEmpty() && wanted.isEmpty();
        }
        try {
            String content = present.get().path("content").asString("");
            return Arrays.equals(Base64.getMimeDecoder().decode(content), wanted.get());
        } catch (IllegalArgumentException e) {
            // Forges leave the content of great files out, or say so in it; then it is written anew.
            return false;
        }
    }
}
