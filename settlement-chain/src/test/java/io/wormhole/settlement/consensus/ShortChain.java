package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A chain of blocks that carry nothing but votes, with every block in a tree that several such
 * chains may share.
 */
final class ShortChain {
    static final FinalityRules RULES = new FinalityRules(4, 1024, 2, 3, Amount.of(10));

    private final BlockTree tree;
    private final String name;
    private IndexedBlock tip;
    private FinalityState state;
    private Amount burned = Amount.ZERO;

    private ShortChain(BlockTree tree, String name, IndexedBlock tip, FinalityState state) {
        this.tree = tree;
        this.name = name;
        this.tip = tip;
        this.state = state;
    }

    static ShortChain of(Map<Address, Amount> stakes) {
        IndexedBlock genesis = IndexedBlock.genesis(MechanismVectors.hash("genesis"));
        return new ShortChain(
                new BlockTree(genesis), "a", genesis, FinalityState.atGenesis(stakes));
    }

    ShortChain fork(String forkName) {
        return new ShortChain(tree, forkName, tip, state);
    }

    /**
     * Adds blocks up to and including the next checkpoint; in each that may carry votes, the named
     * ones vote.
     */
    ShortChain runEpoch(Set<Address> voters) {
        do {
            addBlock(voters);
        } while (!RULES.isCheckpoint(tip.height()));
        return this;
    }

    IndexedBlock addBlock(Set<Address> voters) {
        return addBlock(vote -> voters.contains(vote.validator()));
    }

    /** Adds a block with the votes of all validators who can vote here and want to. */
    IndexedBlock addBlock(Predicate<Vote> wanted) {
        long height = tip.height() + 1;
        EpochTransition start = state.beginBlock(height, tip.hash(), RULES);
        burned = burned.plus(start.burned());
        state = start.state();
        if (!RULES.isCheckpoint(height)) {
            for (Validator validator : state.validators().all()) {
                state.voteFor(validator.address())
                        .filter(wanted)
                        .ifPresent(vote -> state = state.applyVote(vote, height, RULES).orThrow());
            }
        }
        tip = tip.child(MechanismVectors.hash(name + height), BigInteger.ONE, state);
        tree.add(tip);
        return tip;
    }

    ShortChain change(UnaryOperator<FinalityState> change) {
        state = change.apply(state);
        return this;
    }

    FinalityState state() {
        return state;
    }

    IndexedBlock tip() {
        return tip;
    }

    BlockTree tree() {
        return tree;
    }

    Amount burned() {
        return burned;
    }
}
