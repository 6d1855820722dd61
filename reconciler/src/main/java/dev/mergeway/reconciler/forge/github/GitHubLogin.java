package dev.mergeway.reconciler.forge.github;

/** As whom we speak to GitHub. */
public sealed interface GitHubLogin {
    /** A user's token, classic or fine-grained: contents, pull requests, commit statuses and issues, read and write. */
    record Token(String token) implements GitHubLogin {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    /**
     * An App with the same permissions, and checks. Each owner's installation is paced for itself.
     *
     * @param id the App's id or client id
     * @param privateKey its private key as GitHub gives it, PEM
     */
    record App(String id, String privateKey) implements GitHubLogin {
        @Override
        public String toString() {
            return "App[" + id + "]";
        }
    }
}
