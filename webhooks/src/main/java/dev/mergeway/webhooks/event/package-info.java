/**
 * What happened on a forge, as values. Owns the sealed RepoEvent, the identities of repositories, pull requests and
 * commits, and the delivery with the place where it is kept; may call nothing.
 */
@NullMarked
package dev.mergeway.webhooks.event;

import org.jspecify.annotations.NullMarked;
