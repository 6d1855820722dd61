/** Plan, policies and approvals to a verdict. Pure. May call plan and the values. */
@NullMarked
package dev.mergeway.reconciler.policy;

import org.jspecify.annotations.NullMarked;
