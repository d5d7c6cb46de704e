package io.wormhole.settlement.mempool;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The transactions that wait for a block, by sender and nonce, best paying first; mutable, for one
 * owner. Signatures and the rules of bodies are checked by the caller: the pool judges nonces, fees
 * and its own limits.
 */
public final class Mempool {
    private final MempoolLimits limits;
    private final Map<Hash, Pooled> byId = new HashMap<>();
    // In order of arrival, so that iteration does not depend on hashes.
    private final Map<Address, SenderQueue> senders = new LinkedHashMap<>();
    private final Map<Hash, Pooled> votes = new LinkedHashMap<>();
    private final TreeSet<Pooled> bestFirst =
            new TreeSet<>(Pooled.BEST_FIRST.thenComparing(Pooled::id));
    private long bytes;
    private long arrivals;

    /** An empty pool. */
    public Mempool(MempoolLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a transaction in, or says why not.
     *
     * @param accountNonce the last nonce that the sender's account has used at the head
     * @param balance what the account has there
     */
    public Admission admit(SignedTransaction transaction, Nonce accountNonce, Amount balance) {
        Pooled offered = Pooled.of(transaction, arrivals++);
        if (contains(offered.id())) {
            return new Admission.Known();
        }
        return offered.isVote() ? admitVote(offered) : admitPaid(offered, accountNonce, balance);
    }

    private Admission admitVote(Pooled vote) {
        long ofValidator =
                votes.values().stream()
                        .filter(other -> other.sender().equals(vote.sender()))
                        .count();
        if (ofValidator >= limits.votesPerValidator()) {
            return new Admission.TooManyVotes(limits.votesPerValidator());
        }
        if (votes.size() >= limits.votes()) {
            return new Admission.TooManyVotes(limits.votes());
        }
        votes.put(vote.id(), vote);
        return new Admission.Added(Optional.empty());
    }

    private Admission admitPaid(Pooled offered, Nonce accountNonce, Amount balance) {
        SenderQueue queue = senders.getOrDefault(offered.sender(), new SenderQueue());
        Optional<Admission> refusal = refuse(offered, queue, accountNonce, balance);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Pooled> replaced = queue.at(offered.nonce());
        replaced.ifPresent(this::drop);
        Optional<Admission> full = makeRoom(offered);
        if (full.isPresent()) {
            replaced.ifPresent(this::keep);
            return full.get();
        }
        keep(offered);
        return new Admission.Added(replaced.map(Pooled::id));
    }

    private Optional<Admission> refuse(
            Pooled offered, SenderQueue queue, Nonce accountNonce, Amount balance) {
        if (!offered.nonce().isAfter(accountNonce)) {
            return Optional.of(new Admission.NonceUsed(offered.nonce(), accountNonce));
        }
        Nonce highest = accountNonce.plus(limits.perSender());
        if (offered.nonce().isAfter(highest)) {
            return Optional.of(new Admission.NonceTooFar(offered.nonce(), highest));
        }
        Optional<Pooled> present = queue.at(offered.nonce());
        if (present.isPresent()) {
            Amount needed = replacementPrice(present.get().gasPrice());
            if (!offered.gasPrice().covers(needed)) {
                return Optional.of(new Admission.ReplacementTooCheap(offered.gasPrice(), needed));
            }
        } else if (queue.size() >= limits.perSender()) {
            return Optional.of(new Admission.SenderFull(limits.perSender()));
        }
        Amount fees = queue.feesWithout(offered.nonce(), offered.fee());
        return balance.covers(fees)
                ? Optional.empty()
                : Optional.of(new Admission.CannotPay(fees, balance));
    }

    private Amount replacementPrice(Amount present) {
        long percent = 100L + limits.replacementPercent();
        long price = present.baseUnits();
        // Divided first, so that no price overflows; never less than one unit more.
        long needed = price > Long.MAX_VALUE / percent ? Long.MAX_VALUE : price * percent / 100;
        return Amount.of(Math.max(needed, price == Long.MAX_VALUE ? price : price + 1));
    }

    /**
     * Puts cheaper ones out until there is room, each with those of its sender that wait behind it
     * and could not come into a block without it; says no where only better paying are left.
     */
    private Optional<Admission> makeRoom(Pooled offered) {
        Set<Pooled> out = new LinkedHashSet<>();
        Iterator<Pooled> worst = bestFirst.descendingIterator();
        int count = byId.size();
        long size = bytes;
        while (count >= limits.transactions() || size + offered.size() > limits.bytes()) {
            if (!worst.hasNext()) {
                return Optional.of(new Admission.PoolFull(offered.gasPrice(), Amount.ZERO));
            }
            Pooled cheapest = worst.next();
            boolean isNeeded =
                    cheapest.sender().equals(offered.sender())
                            && offered.nonce().isAfter(cheapest.nonce());
            if (isNeeded || cheapest.gasPrice().covers(offered.gasPrice())) {
                return Optional.of(new Admission.PoolFull(offered.gasPrice(), cheapest.gasPrice()));
            }
            for (Pooled gone : withThoseBehind(cheapest)) {
                if (out.add(gone)) {
                    count--;
                    size -= gone.size();
                }
            }
        }
        out.forEach(this::drop);
        return Optional.empty();
    }

    private List<Pooled> withThoseBehind(Pooled pooled) {
        SenderQueue queue = senders.get(pooled.sender());
        return queue == null ? List.of(pooled) : queue.from(pooled.nonce());
    }

    private void keep(Pooled pooled) {
        byId.put(pooled.id(), pooled);
        bestFirst.add(pooled);
        senders.computeIfAbsent(pooled.sender(), sender -> new SenderQueue()).put(pooled);
        bytes += pooled.size();
    }

    private void drop(Pooled pooled) {
        byId.remove(pooled.id());
        bestFirst.remove(pooled);
        bytes -= pooled.size();
        SenderQueue queue = senders.get(pooled.sender());
        if (queue != null) {
            queue.remove(pooled.nonce());
            if (queue.isEmpty()) {
                senders.remove(pooled.sender());
            }
        }
    }

    /** Forgets transactions, e.g. because a block has them. */
    public void remove(Collection<Hash> ids) {
        for (Hash id : ids) {
            Pooled pooled = byId.get(id);
            if (pooled != null) {
                drop(pooled);
            }
            votes.remove(id);
        }
    }

    /** Whether transactions of {@code sender} wait. */
    public boolean isWaitingFor(Address sender) {
        return senders.containsKey(sender);
    }

    /** Forgets the transactions of {@code sender} whose nonce its account has used. */
    public void advance(Address sender, Nonce accountNonce) {
        SenderQueue queue = senders.get(sender);
        if (queue != null) {
            queue.upTo(accountNonce).forEach(this::drop);
        }
    }

    /** Forgets votes for epochs before {@code epoch}, which no block can carry any more. */
    public void dropVotesBefore(long epoch) {
        votes.values().removeIf(vote -> targetEpoch(vote) < epoch);
    }

    private static long targetEpoch(Pooled pooled) {
        return pooled.signed().transaction().body() instanceof FinalityTransaction.Vote vote
                ? vote.target().epoch()
                : Long.MAX_VALUE;
    }

    /** Whether a transaction waits. */
    public boolean contains(Hash id) {
        return byId.containsKey(id) || votes.containsKey(id);
    }

    /** The waiting transaction with this id. */
    public Optional<SignedTransaction> find(Hash id) {
        return Optional.ofNullable(byId.getOrDefault(id, votes.get(id))).map(Pooled::signed);
    }

    /** The nonce that the sender's next transaction needs. */
    public Nonce nextNonce(Address sender, Nonce accountNonce) {
        SenderQueue queue = senders.get(sender);
        if (queue == null) {
            return accountNonce.next();
        }
        List<Pooled> run = queue.runFrom(accountNonce);
        return run.isEmpty() ? accountNonce.next() : run.get(run.size() - 1).nonce().next();
    }

    /**
     * What a block should take, in order: votes, then best paying first with every sender's nonces
     * in sequence.
     */
    public List<SignedTransaction> inOrder(Function<Address, Nonce> accountNonces) {
        List<SignedTransaction> ordered = new ArrayList<>();
        votes.values().forEach(vote -> ordered.add(vote.signed()));
        Map<Address, Iterator<Pooled>> rest = new HashMap<>();
        PriorityQueue<Pooled> next = new PriorityQueue<>(Pooled.BEST_FIRST);
        senders.forEach(
                (sender, queue) -> {
                    Iterator<Pooled> run = queue.runFrom(accountNonces.apply(sender)).iterator();
                    if (run.hasNext()) {
                        next.add(run.next());
                        rest.put(sender, run);
                    }
                });
        while (!next.isEmpty()) {
            Pooled best = next.remove();
            ordered.add(best.signed());
            Iterator<Pooled> run = rest.get(best.sender());
            if (run != null && run.hasNext()) {
                next.add(run.next());
            }
        }
        return ordered;
    }

    /** All ids, votes first, for announcing to a new peer. */
    public List<Hash> ids() {
        List<Hash> ids = new ArrayList<>(votes.keySet());
        bestFirst.forEach(pooled -> ids.add(pooled.id()));
        return ids;
    }

    /** How many transactions wait, votes included. */
    public int size() {
        return byId.size() + votes.size();
    }

    /** Bytes of the waiting transactions, votes not counted. */
    public long sizeBytes() {
        return bytes;
    }
}
