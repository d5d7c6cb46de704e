package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.ContractTransaction;

/**
 * What makes an account a contract: the hash of its code and its state. It stands beside the
 * account's own entry, so that a payment to a contract need not carry its state.
 */
public record ContractEntry(Hash codeHash, Bytes state) implements Canonical {
    /** The first byte, which no account has. */
    public static final int MARK = 0xc1;

    /** Largest state in bytes. */
    public static final int MAXIMUM_STATE = 2 * ContractTransaction.MAXIMUM_SIZE + 64;

    /** Reads mark, hash and state. */
    public static ContractEntry readFrom(CanonicalReader in) {
        if (in.readU8() != MARK) {
            throw in.fault("not a contract");
        }
        return new ContractEntry(Hash.readFrom(in), in.readBytes(MAXIMUM_STATE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeU8(MARK).write(codeHash).writeBytes(state);
    }
}
