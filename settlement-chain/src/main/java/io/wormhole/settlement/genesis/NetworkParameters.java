package io.wormhole.settlement.genesis;

import io.wormhole.oracle.rules.DisputeShares;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooVariant;

/**
 * All numbers on which the nodes of one network must agree.
 *
 * @param cuckoo proof of work
 * @param pacing how fast blocks come
 * @param finality how blocks become final
 * @param limits how much fits into a block
 * @param money subsidy, prices and rent
 * @param names what names cost
 * @param channels bounds of channel terms
 * @param oracles bounds of questions
 */
public record NetworkParameters(
        CuckooParameters cuckoo,
        Pacing pacing,
        FinalityRules finality,
        BlockLimits limits,
        MoneyRules money,
        NameRules names,
        ChannelRules channels,
        OracleTerms oracles)
        implements Canonical {
    private static final long DSD = 1_000_000_000L;

    /** Refuses a cycle that no header can hold. */
    public NetworkParameters {
        Range.require("cuckoo proof size", cuckoo.proofSize(), 2, BlockHeader.MAXIMUM_CYCLE);
    }

    /**
     * A network on one machine: a block every 200 ms that costs milliseconds to mine, an epoch of 4
     * blocks, no rent.
     */
    public static NetworkParameters development() {
        return new NetworkParameters(
                new CuckooParameters(CuckooVariant.CUCKATOO, 10, 12),
                new Pacing(
                        200,
                        200,
                        288 * 200L,
                        CompactTarget.EASIEST_BITS,
                        CompactTarget.EASIEST_BITS),
                FinalityRules.development(),
                new BlockLimits(1 << 20, 100_000_000, 1 << 22),
                new MoneyRules(
                        Amount.of(DSD),
                        MoneyRules.LARGEST_SUPPLY,
                        Amount.of(10),
                        Amount.ZERO,
                        Amount.ZERO),
                new NameRules(
                        1, 300, 1_000_000, 10_000_000, Amount.of(DSD / 10), Amount.of(DSD / 100)),
                new ChannelRules(1, 100_000),
                new OracleTerms(
                        Amount.of(DSD / 1000), 1, 100_000, 100_000, 8, 8, DisputeShares.DEFAULT));
    }

    /** A public network: a block every 10 s, memory-bound work, rent. */
    public static NetworkParameters standard() {
        return new NetworkParameters(
                new CuckooParameters(CuckooVariant.CUCKATOO, 29, 42),
                new Pacing(
                        10_000,
                        0,
                        288 * 10_000L,
                        CompactTarget.EASIEST_BITS,
                        CompactTarget.EASIEST_BITS),
                FinalityRules.standard(),
                new BlockLimits(1 << 21, 1_000_000_000, 1 << 22),
                new MoneyRules(
                        Amount.of(10 * DSD),
                        MoneyRules.LARGEST_SUPPLY,
                        Amount.of(100),
                        Amount.of(10),
                        Amount.of(DSD / 1000)),
                new NameRules(1, 300, 1_500_000, 3_000_000, Amount.of(10 * DSD), Amount.of(DSD)),
                new ChannelRules(6, 1_000_000),
                new OracleTerms(
                        Amount.of(DSD / 100), 6, 100_000, 100_000, 360, 40, DisputeShares.DEFAULT));
    }

    /** Reads the groups in order. */
    public static NetworkParameters readFrom(CanonicalReader in) {
        return new NetworkParameters(
                ConsensusCodec.readCuckoo(in),
                Pacing.readFrom(in),
                ConsensusCodec.readFinality(in),
                BlockLimits.readFrom(in),
                MoneyRules.readFrom(in),
                NameRules.readFrom(in),
                ChannelRules.readFrom(in),
                OracleTerms.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        ConsensusCodec.write(cuckoo, out);
        out.write(pacing);
        ConsensusCodec.write(finality, out);
        out.write(limits).write(money).write(names).write(channels).write(oracles);
    }

    /** Least base units per byte and per unit of gas. */
    public Amount minimumGasPrice() {
        return money.minimumGasPrice();
    }
}
