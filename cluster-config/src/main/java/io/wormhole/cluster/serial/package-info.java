/**
 * Protobuf for everything that is stored or leaves the JVM through Pekko. The one rule: a manifest,
 * once written, is read for ever. Start reading at {@link
 * io.wormhole.cluster.serial.ProtobufSerializer}; {@link
 * io.wormhole.cluster.serial.SerializationCheck} proves that nothing was forgotten.
 */
@NullMarked
package io.wormhole.cluster.serial;

import org.jspecify.annotations.NullMarked;
