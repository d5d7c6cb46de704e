package io.wormhole.runtime.cli;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.cuckoo.CuckooParameters;
import io.wormhole.settlement.cuckoo.CuckooVariant;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.genesis.Pacing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of a new network: a profile, and what differs from it. */
final class ProfileOptions {
    /** Where to begin. */
    enum Profile {
        /** Blocks every 200 ms, mined in milliseconds. */
        DEV,
        /** Blocks every 2 s, 2^19 edges. */
        TEST,
        /** Blocks every 10 s, 2^29 edges. */
        PUBLIC
    }

    private static final long TEST_SPACING_MILLIS = 2_000;
    private static final int TEST_EDGE_BITS = 19;
    private static final int PUBLIC_CYCLE = 42;
    private static final long HALF_LIFE_BLOCKS = 288;

    @Option(
            names = "--profile",
            defaultValue = "dev",
            description =
                    "dev: a block every 200 ms, mined in milliseconds; test: every 2 s, 19 edge bits;"
                            + " public: every 10 s, 29 edge bits (default: ${DEFAULT-VALUE}).")
    Profile profile = Profile.DEV;

    @Option(
            names = "--edge-bits",
            paramLabel = "N",
            description = "Proof of work in graphs of 2^N edges, 10 to 32.")
    @Nullable Integer edgeBits;

    @Option(
            names = "--proof-size",
            paramLabel = "K",
            description = "Edges of a cycle, even, 2 to 128.")
    @Nullable Integer proofSize;

    @Option(
            names = "--variant",
            paramLabel = "FAMILY",
            description = "Family of graphs: cuckoo, cuckoo-ae or cuckatoo.")
    @Nullable CuckooVariant variant;

    @Option(
            names = "--spacing-millis",
            paramLabel = "MS",
            description = "Wanted time from block to block.")
    @Nullable Long spacingMillis;

    @Option(
            names = "--epoch-length",
            paramLabel = "BLOCKS",
            description = "Blocks from checkpoint to checkpoint.")
    @Nullable Integer epochLength;

    @Option(
            names = "--withdrawal-epochs",
            paramLabel = "EPOCHS",
            description = "Epochs for which a stake stays bound after its owner has left.")
    @Nullable Long withdrawalEpochs;

    @Option(names = "--minimum-stake", paramLabel = "DSD", description = "The smallest stake.")
    @Nullable String minimumStake;

    /** Checks all; refuses with {@link IllegalArgumentException}. */
    NetworkParameters parameters() {
        NetworkParameters usual =
                profile == Profile.PUBLIC
                        ? NetworkParameters.standard()
                        : NetworkParameters.development();
        return new NetworkParameters(
                cuckoo(usual.cuckoo()),
                pacing(usual.pacing()),
                finality(usual.finality()),
                usual.limits(),
                usual.money(),
                usual.names(),
                usual.channels(),
                usual.oracles());
    }

    private CuckooParameters cuckoo(CuckooParameters usual) {
        boolean isTest = profile == Profile.TEST;
        int bits = isTest ? TEST_EDGE_BITS : usual.edgeBits();
        int size = isTest ? PUBLIC_CYCLE : usual.proofSize();
        return new CuckooParameters(
                variant == null ? usual.variant() : variant,
                edgeBits == null ? bits : edgeBits,
                proofSize == null ? size : proofSize);
    }

    private Pacing pacing(Pacing usual) {
        if (profile != Profile.TEST && spacingMillis == null) {
            return usual;
        }
        long spacing = spacingMillis == null ? TEST_SPACING_MILLIS : spacingMillis;
        // On a development network the spacing alone paces blocks; elsewhere the target does.
        long minimum = profile == Profile.DEV ? spacing : 0;
        return new Pacing(
                spacing,
                minimum,
                // A spacing beyond the range is refused as such, not for what follows from it.
                HALF_LIFE_BLOCKS * Math.min(spacing, Pacing.MAXIMUM_SPACING_MILLIS),
                CompactTarget.EASIEST_BITS,
                CompactTarget.EASIEST_BITS);
    }

    private FinalityRules finality(FinalityRules usual) {
        return new FinalityRules(
                epochLength == null ? usual.epochLength() : epochLength,
                usual.leakQuotient(),
                usual.logoutDelayDynasties(),
                withdrawalEpochs == null ? usual.withdrawalDelayEpochs() : withdrawalEpochs,
                minimumStake == null ? usual.minimumDeposit() : Amount.parse(minimumStake));
    }
}
