package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.transaction.ContractTransaction;

/** The code of contracts, which all that have its hash share. */
public record CodeEntry(Bytes code) implements Canonical {
    /** The first byte, which no account has. */
    public static final int MARK = 0xc0;

    /** Reads mark and code. */
    public static CodeEntry readFrom(CanonicalReader in) {
        if (in.readU8() != MARK) {
            throw in.fault("not code");
        }
        return new CodeEntry(in.readBytes(ContractTransaction.MAXIMUM_SIZE));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeU8(MARK).writeBytes(code);
    }
}
