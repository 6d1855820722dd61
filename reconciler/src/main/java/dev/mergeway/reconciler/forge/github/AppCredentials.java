package dev.mergeway.reconciler.forge.github;

import dev.mergeway.reconciler.forge.rest.Credentials;
import dev.mergeway.reconciler.port.Clock;

/** Shows that we are the App itself: enough to ask for its installations and their tokens. */
record AppCredentials(String app, AppKey key, Clock clock) implements Credentials {
    @Override
    public String header() {
        return "Authorization";
    }

    @Override
    public String value() {
        return "Bearer " + key.token(app, clock.now());
    }

    @Override
    public boolean renew() {
        return false;
    }
}
