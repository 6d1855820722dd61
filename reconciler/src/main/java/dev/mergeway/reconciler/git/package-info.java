/** Repository by JGit: fetch, snapshots, changed paths, merge results, pushes. May call port, the values and JGit. */
@NullMarked
package dev.mergeway.reconciler.git;

import org.jspecify.annotations.NullMarked;
