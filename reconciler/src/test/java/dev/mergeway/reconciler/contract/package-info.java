/**
 * Forges of the test's own that hold a real repository, behind a judge that knows the real forge's API: what the whole
 * service says to GitHub and GitLab is judged by what these two publish themselves.
 */
@NullMarked
package dev.mergeway.reconciler.contract;

import org.jspecify.annotations.NullMarked;
