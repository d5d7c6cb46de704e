package io.wormhole.settlement.store;

import io.wormhole.protocol.crypto.Hash;

/** Where a transaction is on the followed chain: its block and place in it. */
public record Inclusion(Hash block, long height, int place) {}
