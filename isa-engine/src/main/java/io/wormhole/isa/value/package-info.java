/**
 * What contracts compute with: integers, reals, booleans, byte strings, tuples, lists, maps and
 * function values, with one total order and one canonical encoding. The rule to keep: a value is
 * immutable, knows its size in cells, and is nested at most {@link
 * io.wormhole.isa.value.Value#MAX_DEPTH} deep. Start at {@link io.wormhole.isa.value.Value}.
 */
@NullMarked
package io.wormhole.isa.value;

import org.jspecify.annotations.NullMarked;
