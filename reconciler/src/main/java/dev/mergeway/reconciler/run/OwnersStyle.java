package dev.mergeway.reconciler.run;

import java.util.List;

/** How a forge reads its file of code owners: where it is, and what its patterns mean. */
public enum OwnersStyle {
    /** Patterns like those of {@code .gitignore}; the last that matches counts. */
    GITHUB(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    /** Shell patterns in sections, each of which wants an approval of its own; in each the last that matches counts. */
    GITLAB("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
    /** Regular expressions over the whole path; all that match count. */
    GITEA("CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS");

    private final List<String> files;

    OwnersStyle(String... files) {
        this.files = List.of(files);
    }

    /** Where the file may be; the first that is there counts. */
    public List<String> files() {
        return files;
    }
}
