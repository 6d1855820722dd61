package dev.mergeway.reconciler.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/**
 * Who we are at an origin.
 *
 * @param user {@code x-access-token} for GitHub, {@code oauth2} for GitLab, any name for Gitea
 * @param token the token, sent as the password
 */
public record Login(String user, String token) {
    /** Where it is had from, since some tokens are good for an hour only. */
    @FunctionalInterface
    public interface Source {
        /**
         * Who we are now; empty where the origin needs none.
         *
         * @throws IOException if a token could not be had
         */
        Optional<Login> now() throws IOException;
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "Login[user=" + user + "]";
    }

    /** Hands the token to the origin's own host only: a redirect to another one gets nothing. */
    CredentialsProvider providerFor(URIish origin) {
        return new CredentialsProvider() {
            @Override
            public boolean isInteractive() {
                return false;
            }

            @Override
            public boolean supports(CredentialItem... items) {
                for (CredentialItem item : items) {
                    if (!(item instanceof CredentialItem.Username) && !(item instanceof CredentialItem.Password)) {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public boolean get(URIish uri, CredentialItem... items) {
                if (!place(uri).equals(place(origin)) || !supports(items)) {
                    return false;
                }
                for (CredentialItem item : items) {
                    if (item instanceof CredentialItem.Username name) {
                        name.setValue(user);
                    } else if (item instanceof CredentialItem.Password password) {
                        password.setValue(token.toCharArray());
                    }
                }
                return true;
            }
        };
    }

    private static String place(URIish uri) {
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
    }
}
