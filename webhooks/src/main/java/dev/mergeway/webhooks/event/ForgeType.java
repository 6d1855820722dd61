package dev.mergeway.webhooks.event;

/** What kind of forge a delivery comes from: how it signs, and what its payloads look like. */
public enum ForgeType {
    /** github.com and GitHub Enterprise Server. */
    GITHUB,
    /** gitlab.com and self-managed GitLab. */
    GITLAB,
    /** Gitea and Forgejo. */
    GITEA
}
