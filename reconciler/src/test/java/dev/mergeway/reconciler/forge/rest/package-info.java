/** Tests of what the adapters share, and a stand-in forge for them. */
@NullMarked
package dev.mergeway.reconciler.forge.rest;

import org.jspecify.annotations.NullMarked;
