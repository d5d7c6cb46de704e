package io.wormhole.settlement.chain;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.BlockContext;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Outcome;
import io.wormhole.settlement.ledger.SignatureCheck;
import io.wormhole.settlement.ledger.Transitions;
import io.wormhole.settlement.mempool.Admission;
import io.wormhole.settlement.mempool.Mempool;
import io.wormhole.settlement.mempool.MempoolLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The waiting transactions, checked against the state that they would meet: that after the head and
 * the transactions before them. For one owner.
 */
public final class PendingTransactions {
    // Refused by the rules at so many heads in a row, a transaction is given up.
    private static final int HEADS_REFUSED = 50;

    private static final Address NOBODY = new Address(Hash.ZERO);

    private final Genesis genesis;
    private final SignatureCheck signatures;
    private final Mempool pool;
    private final Map<Hash, Integer> refusedAt = new HashMap<>();
    private Ledger head;
    private long headHeight;
    // The state after the head and the pool's transactions; null when it must be made anew.
    private @Nullable Ledger after;

    /** Nothing waits yet; {@code head} is the state after the block at {@code headHeight}. */
    public PendingTransactions(
            Genesis genesis,
            SignatureCheck signatures,
            MempoolLimits limits,
            Ledger head,
            long headHeight) {
        this.genesis = genesis;
        this.signatures = signatures;
        this.pool = new Mempool(limits);
        this.head = head;
        this.headHeight = headHeight;
    }

    /** The pool, for reading. */
    public Mempool pool() {
        return pool;
    }

    /** Checks a transaction and keeps it where it can come into a block. */
    public Submission offer(SignedTransaction transaction) {
        Hash id = transaction.id();
        if (pool.contains(id)) {
            return new Submission.Accepted(id);
        }
        Optional<Submission> refusal = refuseByForm(transaction);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (transaction.transaction().body() instanceof OracleTransaction.WorkVote) {
            return new Submission.Refused(
                    "work-vote-not-in-block", "a block's vote comes with the block only");
        }
        if (transaction.transaction().body() instanceof FinalityTransaction.Vote vote) {
            return offerVote(transaction, vote);
        }
        Address sender = transaction.transaction().sender().address();
        boolean isNext =
                transaction.transaction().nonce().equals(pool.nextNonce(sender, nonceOf(sender)));
        return isNext ? offerNext(transaction) : admit(transaction);
    }

    private Optional<Submission> refuseByForm(SignedTransaction transaction) {
        int size = transaction.encoded().size();
        if (size > SignedTransaction.MAXIMUM_SIZE) {
            return refused(
                    "too-large",
                    "a transaction has at most %d bytes, found %d"
                            .formatted(SignedTransaction.MAXIMUM_SIZE, size));
        }
        if (!signatures.accepts(transaction, genesis.networkId())) {
            return refused(
                    "bad-signature",
                    "the signature is not the sender's for network " + genesis.networkId());
        }
        boolean isVote =
                transaction.transaction().body() instanceof FinalityTransaction.Vote
                        || transaction.transaction().body() instanceof OracleTransaction.WorkVote;
        Amount lowest = nextBlock().parameters().minimumGasPrice();
        if (!isVote && !transaction.transaction().gasPrice().covers(lowest)) {
            return refused(
                    "gas-price-too-low",
                    "gas price %d base units; allowed: from %d"
                            .formatted(
                                    transaction.transaction().gasPrice().baseUnits(),
                                    lowest.baseUnits()));
        }
        return Optional.empty();
    }

    private static Optional<Submission> refused(String code, String reason) {
        return Optional.of(new Submission.Refused(code, reason));
    }

    private Submission offerVote(SignedTransaction transaction, FinalityTransaction.Vote vote) {
        FinalityState finality = head.finality();
        Address voter = transaction.transaction().sender().address();
        boolean mayVote =
                finality.currentSet().containsKey(voter)
                        || finality.previousSet().containsKey(voter);
        if (!mayVote) {
            return new Submission.Refused("unknown-validator", voter + " has no active stake");
        }
        long epoch = finality.epoch();
        long target = vote.target().epoch();
        if (target < epoch || target > epoch + 1) {
            return new Submission.Refused(
                    "wrong-epoch",
                    "a vote for epoch %d; allowed: %d and %d".formatted(target, epoch, epoch + 1));
        }
        return admit(transaction);
    }

    private Submission offerNext(SignedTransaction transaction) {
        Outcome outcome = Transitions.apply(afterPool(), transaction, nextBlock());
        if (outcome instanceof Outcome.Rejected rejected) {
            return new Submission.Refused(rejected.refusal().code(), rejected.refusal().message());
        }
        Submission admitted = admit(transaction);
        if (admitted instanceof Submission.Accepted) {
            after = ((Outcome.Applied) outcome).ledger();
        }
        return admitted;
    }

    private Submission admit(SignedTransaction transaction) {
        Address sender = transaction.transaction().sender().address();
        Optional<AccountEntry> account = head.account(sender);
        Admission admission =
                pool.admit(
                        transaction,
                        account.map(AccountEntry::nonce).orElse(Nonce.ZERO),
                        account.map(AccountEntry::balance).orElse(Amount.ZERO));
        if (admission instanceof Admission.Refused refused) {
            return new Submission.Refused(refused.code(), refused.reason());
        }
        if (admission instanceof Admission.Added added && added.replaced().isPresent()) {
            after = null;
        }
        return new Submission.Accepted(transaction.id());
    }

    /** The nonce that the next transaction of {@code sender} needs. */
    public Nonce nextNonce(Address sender) {
        return pool.nextNonce(sender, nonceOf(sender));
    }

    private Nonce nonceOf(Address address) {
        return head.account(address).map(AccountEntry::nonce).orElse(Nonce.ZERO);
    }

    /** What a block on the present head should take, best first. */
    public List<SignedTransaction> inOrder() {
        return pool.inOrder(this::nonceOf);
    }

    /**
     * Follows the head: forgets what is in blocks now, and takes back what was in blocks that left
     * the chain.
     *
     * @param returned transactions of the blocks undone, in chain order
     * @param included transactions of the blocks applied
     */
    public void onHead(
            Ledger newHead,
            long height,
            List<SignedTransaction> returned,
            List<SignedTransaction> included) {
        head = newHead;
        headHeight = height;
        after = null;
        Set<Hash> ids = included.stream().map(SignedTransaction::id).collect(Collectors.toSet());
        pool.remove(ids);
        included.stream()
                .map(transaction -> transaction.transaction().sender().address())
                .distinct()
                .filter(pool::isWaitingFor)
                .forEach(sender -> pool.advance(sender, nonceOf(sender)));
        returned.stream()
                .filter(transaction -> !ids.contains(transaction.id()))
                .filter(
                        transaction ->
                                !(transaction.transaction().body()
                                        instanceof OracleTransaction.WorkVote))
                .forEach(this::admit);
        pool.dropVotesBefore(head.finality().epoch());
    }

    private Ledger afterPool() {
        Ledger known = after;
        if (known != null) {
            return known;
        }
        Ledger state = head;
        BlockContext context = nextBlock();
        List<Hash> givenUp = new ArrayList<>();
        for (SignedTransaction transaction : inOrder()) {
            if (transaction.transaction().body() instanceof FinalityTransaction.Vote) {
                continue;
            }
            Outcome outcome = Transitions.apply(state, transaction, context);
            if (outcome instanceof Outcome.Applied applied) {
                state = applied.ledger();
                refusedAt.remove(transaction.id());
            } else if (refusedAt.merge(transaction.id(), 1, Integer::sum) > HEADS_REFUSED) {
                givenUp.add(transaction.id());
            }
        }
        pool.remove(givenUp);
        refusedAt.keySet().removeIf(id -> !pool.contains(id));
        after = state;
        return state;
    }

    private BlockContext nextBlock() {
        // The producer does not matter to the rules; signatures were verified on arrival.
        return new BlockContext(
                        genesis.parameters(),
                        genesis.networkId(),
                        new BlockHeight(headHeight + 1),
                        NOBODY,
                        SignatureCheck.DONE_BEFORE)
                .governedBy(head.governance());
    }
}
