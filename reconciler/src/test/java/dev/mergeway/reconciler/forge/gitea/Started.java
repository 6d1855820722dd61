package dev.mergeway.reconciler.forge.gitea;

import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * A Gitea that runs.
 *
 * @param url where its pages are
 * @param admin login of its administrator
 * @param token the administrator's, of all scopes
 * @param fromInside what it must call to reach a URL of this JVM
 * @param stop stops it
 */
record Started(URI url, String admin, String token, UnaryOperator<URI> fromInside, AutoCloseable stop) {}
