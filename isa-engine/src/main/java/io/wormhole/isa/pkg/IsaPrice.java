package io.wormhole.isa.pkg;

import io.wormhole.protocol.ledger.Amount;

/** What the author asks for each unit made, e.g. 0.25 DSD per cup. */
public record IsaPrice(Amount perUnit, String unit) {}
