package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Refusal;
import io.wormhole.settlement.ledger.SignatureCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes blocks of one network, all but the proof of work. */
public final class BlockAssembler {
    private final NetworkParameters parameters;
    private final NetworkId network;
    private final HeaderVerifier headers;
    private final SignatureCheck signatures;

    /** An assembler that verifies the signatures of its candidates. */
    public BlockAssembler(Genesis genesis) {
        this(genesis, SignatureCheck.FULL);
    }

    /** An assembler whose candidates' signatures are judged by {@code signatures}. */
    public BlockAssembler(Genesis genesis, SignatureCheck signatures) {
        this.parameters = genesis.parameters();
        this.network = genesis.networkId();
        this.headers = new HeaderVerifier(genesis);
        this.signatures = signatures;
    }

    /** The earliest time that the next block may have, in milliseconds. */
    public long earliestTimeMillis(HeaderContext context) {
        return headers.earliestTimeMillis(context);
    }

    /**
     * A block of those candidates that fit and hold, in the order given.
     *
     * @param parent the ledger after the parent block
     * @param proposal its time must not be before {@link #earliestTimeMillis}
     */
    public Assembly assemble(
            HeaderContext headerContext,
            Ledger parent,
            Iterable<SignedTransaction> candidates,
            Proposal proposal) {
        long earliest = earliestTimeMillis(headerContext);
        if (proposal.timeMillis() < earliest) {
            throw new IllegalArgumentException(
                    "block time %d ms; allowed: from %d"
                            .formatted(proposal.timeMillis(), earliest));
        }
        Hash parentHash = headerContext.parent().hash();
        List<Assembly.Dropped> dropped = new ArrayList<>();
        Recording recording = new Recording(parent);
        BlockRun run =
                new BlockRun(
                        recording.ledger(),
                        context(headerContext, proposal, signatures),
                        parentHash);
        List<SignedTransaction> chosen = choose(run, candidates, dropped);
        if (!dropped.isEmpty()) {
            // Once more, since what refused candidates looked at has no place in the witness.
            recording = new Recording(parent);
            run =
                    repeat(
                            new BlockRun(
                                    recording.ledger(),
                                    context(headerContext, proposal, SignatureCheck.DONE_BEFORE),
                                    parentHash),
                            chosen);
        }
        Effects effects = recording.released(run.end());
        BlockWitness witness = recording.witness();
        Hash transactions = Block.transactionsRoot(chosen);
        BlockHeader header =
                new BlockHeader(
                        BlockHeader.VERSION,
                        parentHash,
                        headerContext.parent().height().next(),
                        proposal.timeMillis(),
                        proposal.producer(),
                        effects.ledger().roots(transactions, witness.hash()),
                        proposal.entropy(),
                        headers.targetBits(headerContext),
                        0,
                        List.of());
        return new Assembly(new Block(header, chosen, witness), effects, dropped);
    }

    private List<SignedTransaction> choose(
            BlockRun run, Iterable<SignedTransaction> candidates, List<Assembly.Dropped> dropped) {
        BlockBudget budget = new BlockBudget(parameters.limits());
        List<SignedTransaction> chosen = new ArrayList<>();
        for (SignedTransaction candidate : candidates) {
            if (!budget.fits(candidate)) {
                continue;
            }
            Optional<Refusal> refusal = run.apply(candidate);
            if (refusal.isPresent()) {
                dropped.add(new Assembly.Dropped(candidate, refusal.get()));
            } else {
                budget.add(candidate);
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    private BlockContext context(
            HeaderContext headerContext, Proposal proposal, SignatureCheck check) {
        return new BlockContext(
                parameters,
                network,
                headerContext.parent().height().next(),
                proposal.producer(),
                check);
    }

    private static BlockRun repeat(BlockRun run, List<SignedTransaction> chosen) {
        for (SignedTransaction transaction : chosen) {
            Optional<Refusal> refusal = run.apply(transaction);
            if (refusal.isPresent()) {
                throw new IllegalStateException("second pass refuses: " + refusal.get());
            }
        }
        return run;
    }
}
