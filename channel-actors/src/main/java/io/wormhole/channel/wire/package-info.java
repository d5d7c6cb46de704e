/**
 * Protobuf in and out for what channels say and store. The rule to keep: decoding is strict and
 * bounded, since half of it comes from a partner. Start at {@link
 * io.wormhole.channel.wire.MessageCodec}.
 */
@NullMarked
package io.wormhole.channel.wire;

import org.jspecify.annotations.NullMarked;
