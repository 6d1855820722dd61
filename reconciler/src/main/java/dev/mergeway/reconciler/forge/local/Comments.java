package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Mergeway says: comments as {@code mergeway/pulls/7/comment-1.md}, findings as {@code mergeway/pulls/7/findings},
 * statuses as {@code mergeway/statuses/COMMIT/mergeway-plan}.
 */
final class Comments {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern COMMENT = Pattern.compile("comment-[0-9]{1,9}\\.md");
    private static final int MOST = 1_000;

    private final Shelf shelf;

    Comments(Shelf shelf) {
        this.shelf = shelf;
    }

    void say(int number, String marker, String markdown) throws IOException {
        List<String> files = files(number);
        for (String file : files) {
            if (shelf.read(file).orElse("").contains(marker)) {
                shelf.write(file, markdown);
                return;
            }
        }
        if (files.size() >= MOST) {
            throw new IOException("the pull request has " + MOST + " comments already");
        }
        int last = files.isEmpty()
                ? 0
                : Integer.parseInt(files.getLast().replaceAll(".*comment-", "").replace(".md", ""));
        shelf.write(folder(number) + "/comment-" + (last + 1) + ".md", markdown);
    }

    Optional<String> said(int number, String marker) throws IOException {
        for (String file : files(number)) {
            Optional<String> text = shelf.read(file).filter(markdown -> markdown.contains(marker));
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    void status(String commit, CommitStatus status) throws IOException {
        shelf.write(
                statuses(commit) + "/" + status.context().replaceAll("[^A-Za-z0-9]+", "-"),
                Fields.write(Fields.of(
                        "context", status.context(),
                        "state", status.state().name().toLowerCase(Locale.ROOT),
                        "description", status.description(),
                        "url", status.url())));
    }

    List<CommitStatus> statusesOf(String commit) throws IOException {
        List<CommitStatus> found = new ArrayList<>();
        for (String name : shelf.names(statuses(commit))) {
            Map<String, String> fields = new HashMap<>(
                    Fields.read(shelf.read(statuses(commit) + "/" + name).orElse("")));
            found.add(new CommitStatus(
                    Fields.need(fields, "context"),
                    CommitStatus.State.valueOf(Fields.need(fields, "state").toUpperCase(Locale.ROOT)),
                    fields.getOrDefault("description", ""),
                    fields.getOrDefault("url", "")));
        }
        return found;
    }

    void annotate(int number, List<Finding> findings) throws IOException {
        var text = new StringBuilder();
        for (Finding finding :
                findings.stream().sorted(Finding.ORDER).limit(MOST).toList()) {
            text.append(finding.file()).append(':').append(finding.position().line());
            text.append(':').append(finding.position().column()).append(": ");
            text.append(finding.severity().name().toLowerCase(Locale.ROOT)).append(' ');
            text.append(Pull.line(finding.message() + " [" + finding.rule() + "]"))
                    .append('\n');
        }
        shelf.write(folder(number) + "/findings", text.toString());
    }

    private List<String> files(int number) throws IOException {
        return shelf.names(folder(number)).stream()
                .filter(name -> COMMENT.matcher(name).matches())
                .map(name -> folder(number) + "/" + name)
                .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static String folder(int number) {
        return "pulls/" + number;
    }

    private static String statuses(String commit) throws IOException {
        if (!COMMIT.matcher(commit).matches()) {
            throw new IOException("'" + commit + "' is no commit id");
        }
        return "statuses/" + commit;
    }
}
