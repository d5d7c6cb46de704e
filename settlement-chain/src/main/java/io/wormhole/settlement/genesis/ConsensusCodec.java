package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooVariant;

/** Bytes of the parameters whose own packages know no encoding. */
final class ConsensusCodec {
    private ConsensusCodec() {}

    static CuckooParameters readCuckoo(CanonicalReader in) {
        return new CuckooParameters(in.readEnum(CuckooVariant.class), in.readU8(), in.readU8());
    }

    static void write(CuckooParameters cuckoo, CanonicalWriter out) {
        out.writeEnum(cuckoo.variant()).writeU8(cuckoo.edgeBits()).writeU8(cuckoo.proofSize());
    }

    static FinalityRules readFinality(CanonicalReader in) {
        return new FinalityRules(
                in.readInt(), in.readLong(), in.readLong(), in.readLong(), Amount.readFrom(in));
    }

    static void write(FinalityRules finality, CanonicalWriter out) {
        out.writeInt(finality.epochLength())
                .writeLong(finality.leakQuotient())
                .writeLong(finality.logoutDelayDynasties())
                .writeLong(finality.withdrawalDelayEpochs())
                .write(finality.minimumDeposit());
    }
}
