/**
 * Immutable byte strings and the one canonical encoding: fixed-width big-endian, length-prefixed,
 * strict. The rule to keep: one value has exactly one encoding, and decoding refuses every other.
 * Start at {@link io.wormhole.protocol.bytes.CanonicalReader}.
 */
@NullMarked
package io.wormhole.protocol.bytes;

import org.jspecify.annotations.NullMarked;
