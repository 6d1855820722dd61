/**
 * What the adapters of GitHub, GitLab and Gitea share: a REST client that paces, retries and pages, the sticky comment,
 * reviews in force. May call port and the values; the three adapters may call it.
 *
 * <p>Built on {@code java.net.http}, not on Vert.x's client: one blocking call per request on a virtual thread, bodies
 * bounded by the JDK, and Vert.x stays where HTTP is served.
 */
@NullMarked
package dev.mergeway.reconciler.forge.rest;

import org.jspecify.annotations.NullMarked;
