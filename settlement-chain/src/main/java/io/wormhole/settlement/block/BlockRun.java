package io.wormhole.settlement.block;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.BlockSteps;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Outcome;
import io.wormhole.settlement.ledger.Refusal;
import io.wormhole.settlement.ledger.Transitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One pass over a block's transactions. Never leaves the call that made it. */
final class BlockRun {
    private final BlockContext context;
    private final Hash parentHash;
    private final List<LedgerFact> facts = new ArrayList<>();
    private Ledger ledger;
    private Amount income;

    BlockRun(Ledger parent, BlockContext context, Hash parentHash) {
        this.context = context.governedBy(parent.governance());
        this.parentHash = parentHash;
        Ledger begun = BlockSteps.begin(parent, this.context, parentHash);
        Outcome.Applied upkeep = BlockSteps.upkeep(begun, this.context);
        this.ledger = upkeep.ledger();
        this.income = upkeep.rent();
        this.facts.addAll(upkeep.facts());
    }

    /** The same block begun on the same state, held in another way. */
    BlockRun on(Ledger parent) {
        return new BlockRun(parent, context, parentHash);
    }

    /** Applies the next transaction, or says why nothing was done. */
    Optional<Refusal> apply(SignedTransaction transaction) {
        Outcome outcome = Transitions.apply(ledger, transaction, context);
        if (outcome instanceof Outcome.Rejected rejected) {
            return Optional.of(rejected.refusal());
        }
        take((Outcome.Applied) outcome, ((Outcome.Applied) outcome).ledger());
        return Optional.empty();
    }

    /** The ledger before the transactions. */
    Ledger ledger() {
        return ledger;
    }

    BlockContext context() {
        return context;
    }

    /** Goes on with what a transaction did, and the ledger after it. */
    void take(Outcome.Applied applied, Ledger after) {
        ledger = after;
        income = income.plus(applied.fee()).plus(applied.rent());
        facts.addAll(applied.facts());
    }

    /** Ends the block. */
    Effects end() {
        Ledger ended = BlockSteps.end(ledger, context, income);
        FinalityState finality = ended.finality();
        return new Effects(ended, facts, finality.justified(), finality.finalised());
    }
}
