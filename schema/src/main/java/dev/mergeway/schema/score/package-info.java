/** Score workload files to specs of kind Deployment. May call model. */
@NullMarked
package dev.mergeway.schema.score;

import org.jspecify.annotations.NullMarked;
