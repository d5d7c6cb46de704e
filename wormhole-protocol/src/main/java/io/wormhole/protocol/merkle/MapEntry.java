package io.wormhole.protocol.merkle;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;

/** One key of an authenticated map with its value. */
public record MapEntry(Hash key, Bytes value) {}
