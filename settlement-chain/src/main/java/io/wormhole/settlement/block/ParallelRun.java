package io.wormhole.settlement.block;

import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.AccessLog;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Outcome;
import io.wormhole.settlement.ledger.Refusal;
import io.wormhole.settlement.ledger.Transitions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Runs a block's transactions on all cores, with exactly the result of one after the other. First
 * each alone, on the state before them all; then in order: where a transaction touches nothing that
 * one before it wrote, what it did is repeated, else it runs again. How threads take turns changes
 * nothing.
 */
final class ParallelRun {
    // Below this, running a transaction costs less than to run it apart and repeat it.
    private static final long WORTH_GAS = 200_000;

    private final Ledger apart;
    private final BlockRun run;

    /**
     * A run on {@code run}.
     *
     * @param apart the same state before the transactions, which nobody records
     */
    ParallelRun(Ledger apart, BlockRun run) {
        this.apart = apart;
        this.run = run;
    }

    /** Whether the block's contracts may do so much that it pays. */
    static boolean isWorthIt(List<SignedTransaction> transactions) {
        long gas = 0;
        int count = 0;
        for (SignedTransaction signed : transactions) {
            if (signed.transaction().timeGasLimit() > 0) {
                gas += signed.transaction().timeGasLimit();
                count++;
            }
        }
        return count > 1 && gas >= WORTH_GAS;
    }

    /** A transaction that the rules refuse. */
    record Refused(int index, Refusal why) {}

    private record Attempt(AccessLog log, Outcome outcome) {}

    /** Applies all, or says which is the first that is refused. */
    Optional<Refused> apply(List<SignedTransaction> transactions) {
        List<Optional<Attempt>> attempts =
                IntStream.range(0, transactions.size())
                        .parallel()
                        .mapToObj(i -> attempt(transactions.get(i)))
                        .toList();
        Set<AccessLog.Entry> written = new TreeSet<>();
        for (int i = 0; i < transactions.size(); i++) {
            Optional<Refusal> refusal = next(transactions.get(i), attempts.get(i), written);
            if (refusal.isPresent()) {
                return Optional.of(new Refused(i, refusal.get()));
            }
        }
        return Optional.empty();
    }

    /** Alone on the state before all; empty where that looks at what a witness does not hold. */
    private Optional<Attempt> attempt(SignedTransaction transaction) {
        AccessLog log = new AccessLog();
        try {
            Outcome outcome = Transitions.apply(apart.logged(log), transaction, run.context());
            return Optional.of(new Attempt(log, outcome));
        } catch (MissingNodeException needsOthersFirst) {
            return Optional.empty();
        }
    }

    private Optional<Refusal> next(
            SignedTransaction transaction,
            Optional<Attempt> attempt,
            Set<AccessLog.Entry> written) {
        if (attempt.isPresent()
                && attempt.get().outcome() instanceof Outcome.Applied applied
                && attempt.get().log().isFreeOf(written)) {
            run.take(applied, run.ledger().repeated(attempt.get().log()));
            written.addAll(attempt.get().log().writes());
            return Optional.empty();
        }
        BlockContext context = run.context();
        AccessLog log = new AccessLog();
        Outcome outcome = Transitions.apply(run.ledger().logged(log), transaction, context);
        if (outcome instanceof Outcome.Rejected rejected) {
            return Optional.of(rejected.refusal());
        }
        Outcome.Applied applied = (Outcome.Applied) outcome;
        run.take(applied, applied.ledger().unlogged());
        written.addAll(log.writes());
        return Optional.empty();
    }
}
