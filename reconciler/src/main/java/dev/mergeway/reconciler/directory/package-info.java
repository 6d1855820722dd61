/** Target by a folder of YAML files. May call port and the values. */
@NullMarked
package dev.mergeway.reconciler.directory;

import org.jspecify.annotations.NullMarked;
