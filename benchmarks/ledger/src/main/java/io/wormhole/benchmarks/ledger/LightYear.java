package io.wormhole.benchmarks.ledger;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.merkle.WitnessRecorder;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.light.FinalityJudge;
import io.wormhole.settlement.light.FinalityProof;
import io.wormhole.settlement.light.TrustedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A year of headers at ten seconds a block, of a public network, as a light client goes through it. */
final class LightYear {
    private static final long BLOCKS = 365L * 24 * 360;

    private final List<KeyPair> validators = new ArrayList<>();
    private final Genesis genesis;
    private final FinalityRules rules;
    private final AuthenticatedMap consensus;
    private final PartialMap witness;

    /** A network whose keys nobody has seen before. */
    private LightYear(int count, int number) {
        TreeMap<Address, Amount> stakes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            KeyPair key = KeyPair.ofSeed(Hash.of(DomainTag.ENTROPY, Amount.of(number * 100_000L + i)).bytes());
            validators.add(key);
            stakes.put(key.address(), Amount.of(1_000_000_000_000L));
        }
        genesis = new Genesis(NetworkParameters.standard(), 1_000_000, new TreeMap<>(), stakes);
        rules = genesis.parameters().finality();
        consensus =
                AuthenticatedMap.EMPTY.put(
                        LedgerKeys.FINALITY, FinalityState.atGenesis(stakes).encoded());
        WitnessRecorder recorder = new WitnessRecorder(consensus);
        TransferBlocks.require(recorder.map().get(LedgerKeys.FINALITY).isPresent());
        witness = recorder.witness();
    }

    /** Proofs of so many validators, as far apart as the rules let them be. */
    static void measure(int validators) {
        double best = Double.MAX_VALUE;
        List<FinalityProof> proofs = List.of();
        // Another network in each round: a signature that was seen before costs next to nothing.
        for (int round = 0; round < 3; round++) {
            LightYear year = new LightYear(validators, round);
            List<FinalityProof> made = year.proofs();
            TrustedCheckpoint start = TrustedCheckpoint.genesis(year.genesis);
            FinalityJudge judge = new FinalityJudge(year.genesis);
            best = Math.min(best, TransferBlocks.seconds(() -> year.follow(judge, start, made)));
            proofs = made;
        }
        long bytes = proofs.stream().mapToLong(proof -> proof.encoded().size()).sum();
        System.out.printf(
                "light: a year (%d blocks) of %d validators: %d proofs, %.1f MB, verified in %.2f s on one core%n",
                BLOCKS, validators, proofs.size(), bytes / 1e6, best);
    }

    private void follow(FinalityJudge judge, TrustedCheckpoint start, List<FinalityProof> proofs) {
        TrustedCheckpoint trusted = start;
        for (FinalityProof proof : proofs) {
            FinalityJudge.Verdict verdict =
                    judge.judge(trusted, FinalityProof.decode(proof.encoded()));
            if (!(verdict instanceof FinalityJudge.Verdict.Final reached)) {
                throw new IllegalStateException(verdict.toString());
            }
            trusted = reached.checkpoint();
        }
    }

    private List<FinalityProof> proofs() {
        List<FinalityProof> proofs = new ArrayList<>();
        long last = BLOCKS / rules.epochLength();
        long epoch = 0;
        while (epoch < last) {
            epoch = Math.min(last, epoch + rules.withdrawalDelayEpochs());
            proofs.add(proof(epoch));
        }
        return proofs;
    }

    private FinalityProof proof(long epoch) {
        BlockHeader header = header(epoch * rules.epochLength());
        FinalityTransaction.Vote vote =
                new FinalityTransaction.Vote(
                        new Checkpoint(epoch, header.hash()),
                        new Checkpoint(epoch + 1, Hash.of(DomainTag.ENTROPY, header)));
        List<SignedTransaction> votes = new ArrayList<>();
        for (KeyPair validator : validators) {
            votes.add(
                    Transaction.of(validator.publicKey(), Nonce.ZERO, Amount.ZERO, vote)
                            .signedBy(validator, genesis.networkId()));
        }
        return new FinalityProof(header, witness, votes);
    }

    private BlockHeader header(long height) {
        List<Long> cycle = new ArrayList<>();
        for (long edge = 0; edge < genesis.parameters().cuckoo().proofSize(); edge++) {
            cycle.add(edge);
        }
        return new BlockHeader(
                BlockHeader.VERSION,
                Hash.of(DomainTag.ENTROPY, Amount.of(height)),
                new BlockHeight(height),
                height * 10_000,
                validators.get(0).address(),
                new BlockRoots(
                        Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO,
                        consensus.root(), Hash.ZERO),
                Hash.ZERO,
                0,
                0,
                cycle);
    }
}
