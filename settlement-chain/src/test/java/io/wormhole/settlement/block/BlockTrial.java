package io.wormhole.settlement.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.MedianTime;
import io.wormhole.settlement.cuckoo.CuckooProof;
import io.wormhole.settlement.cuckoo.CuckooSolver;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.genesis.TestParameters;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.SignatureCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chain of really mined blocks, each verified in both ways before it is added. */
final class BlockTrial {
    static final long DSD = 1_000_000_000L;
    static final Address PRODUCER = Mallory.ADDRESS;

    private final Genesis genesis;
    private final BlockAssembler assembler;
    private final BlockVerifier verifier;
    private final BlockVerifier parallel;
    private final CuckooSolver solver;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private Ledger ledger;

    BlockTrial(long rentPerBlock) {
        this(TestParameters.withRent(rentPerBlock, rentPerBlock / 2));
    }

    BlockTrial(NetworkParameters parameters) {
        Amount wealth = Amount.of(1000 * DSD);
        this.genesis =
                new Genesis(
                        parameters,
                        1_700_000_000_000L,
                        new TreeMap<>(
                                Map.of(
                                        Alice.ADDRESS,
                                        wealth,
                                        Bob.ADDRESS,
                                        wealth,
                                        Mallory.ADDRESS,
                                        wealth)),
                        new TreeMap<>(
                                Map.of(
                                        Alice.ADDRESS, Amount.of(70 * DSD),
                                        Bob.ADDRESS, Amount.of(30 * DSD))));
        this.assembler = new BlockAssembler(genesis);
        this.verifier =
                new BlockVerifier(genesis, SignatureCheck.FULL, BlockVerifier.Scheduling.NEVER);
        this.parallel =
                new BlockVerifier(
                        genesis, SignatureCheck.DONE_BEFORE, BlockVerifier.Scheduling.ALWAYS);
        this.solver = CuckooSolver.lean(parameters.cuckoo());
        this.ledger = Ledger.atGenesis(genesis);
        Block first = GenesisBlock.of(genesis);
        blocks.add(first);
        times.add(first.header().timeMillis());
    }

    Genesis genesis() {
        return genesis;
    }

    BlockVerifier verifier() {
        return verifier;
    }

    Ledger ledger() {
        return ledger;
    }

    Block head() {
        return blocks.get(blocks.size() - 1);
    }

    List<Block> blocks() {
        return blocks;
    }

    long nextHeight() {
        return blocks.size();
    }

    HeaderContext context() {
        return new HeaderContext(
                head().header(),
                times.subList(Math.max(0, times.size() - MedianTime.ANCESTORS), times.size()));
    }

    Assembly assemble(List<SignedTransaction> candidates) {
        HeaderContext context = context();
        return assembler.assemble(
                context,
                ledger,
                candidates,
                new Proposal(
                        PRODUCER,
                        assembler.earliestTimeMillis(context),
                        Hash.of(DomainTag.ENTROPY, Amount.of(nextHeight()))));
    }

    /** Finds a proof of work of the easiest target, whatever target the block names. */
    Block mined(Block block) {
        for (long nonce = 0; ; nonce++) {
            BlockHeader header = block.header().withWork(nonce, List.of());
            for (CuckooProof proof : solver.solve(header.workBytes().toArray(), () -> false)) {
                if (CompactTarget.decode(CompactTarget.EASIEST_BITS)
                        .isMetBy(HeaderVerifier.workHash(solver.parameters(), proof).toArray())) {
                    return block.withWork(nonce, Arrays.stream(proof.edges()).boxed().toList());
                }
            }
        }
    }

    /** Adds a block of these candidates; both verifications must agree on every root. */
    Assembly add(SignedTransaction... candidates) {
        return add(List.of(candidates));
    }

    Assembly add(List<SignedTransaction> candidates) {
        Assembly assembly = assemble(candidates);
        Block block = Block.decode(mined(assembly.unsolved()).encoded());
        Judgement stateless = verifier.verify(context(), block);
        Judgement full = verifier.apply(context(), ledger, block);
        assertThat(stateless).isInstanceOf(Judgement.Valid.class);
        assertThat(full).isInstanceOf(Judgement.Valid.class);
        Effects effects = ((Judgement.Valid) full).effects();
        Effects seen = ((Judgement.Valid) stateless).effects();
        assertThat(seen.facts()).isEqualTo(effects.facts()).isEqualTo(assembly.effects().facts());
        assertThat(seen.finalised()).isEqualTo(effects.finalised());
        requireSame(effects, parallel.verify(context(), block));
        requireSame(effects, parallel.apply(context(), ledger, block));
        ledger = effects.ledger();
        blocks.add(block);
        times.add(block.header().timeMillis());
        return assembly;
    }

    /** Adds a block without verifying it, for tests of single transactions. */
    void append(List<SignedTransaction> candidates) {
        Assembly assembly = assemble(candidates);
        Block block = assembly.unsolved();
        ledger = assembly.effects().ledger();
        blocks.add(block);
        times.add(block.header().timeMillis());
    }

    /** On several cores it is valid too and does the same. */
    private static void requireSame(Effects one, Judgement other) {
        assertThat(other).isInstanceOf(Judgement.Valid.class);
        Effects effects = ((Judgement.Valid) other).effects();
        assertThat(effects.facts()).isEqualTo(one.facts());
        assertThat(effects.ledger().roots(Hash.ZERO, Hash.ZERO))
                .isEqualTo(one.ledger().roots(Hash.ZERO, Hash.ZERO));
    }
}
