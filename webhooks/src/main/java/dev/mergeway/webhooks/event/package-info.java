/** What happened on a forge, as values. Owns the sealed RepoEvent and the identities of repositories, pull requests and commits; may call nothing. */
@NullMarked
package dev.mergeway.webhooks.event;

import org.jspecify.annotations.NullMarked;
