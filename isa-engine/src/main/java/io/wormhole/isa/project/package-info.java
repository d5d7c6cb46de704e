/**
 * An ISA in the making: a folder with a draft of the manifest, sources, and a table of examples.
 * The rule to keep: the same folder gives the same package on every machine. Start at {@link
 * io.wormhole.isa.project.IsaProject}.
 */
@NullMarked
package io.wormhole.isa.project;

import org.jspecify.annotations.NullMarked;
