package io.wormhole.runtime.trade;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.assurance.ByAnswer;
import io.wormhole.isa.contract.assurance.ShownAnswer;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.runtime.node.WormholeNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Contracts in channels that pay by an oracle's answer: escrow, insurance, bets. */
public final class AnswerDeals {
    private final WormholeNode node;

    /** The deals of {@code node}. */
    public AnswerDeals(WormholeNode node) {
        this.node = node;
    }

    /** A running deal as this side's channel holds it. */
    public record Deal(long lock, ByAnswer.State state, Amount locked) {
        /** What a partner has still to put in. */
        public Amount missing() {
            Amount sum = state.terms().sum();
            boolean isWhole = state.ended().isPresent() || locked.covers(sum);
            return isWhole ? Amount.ZERO : sum.minus(locked);
        }
    }

    /** The deals of an open channel. */
    public CompletionStage<List<Deal>> list(ChannelId channel) {
        return node.channels().inspect(channel).thenApply(memory -> deals(open(channel, memory)));
    }

    private static List<Deal> deals(Open open) {
        List<Deal> deals = new ArrayList<>();
        for (ContractLock lock : open.standing().position().state().locks()) {
            if (lock.codeHash().equals(ByAnswer.codeHash())) {
                ContractInstance contract =
                        open.standing().position().contract(lock.lockId()).orElseThrow();
                read(contract)
                        .ifPresent(
                                state -> deals.add(new Deal(lock.lockId(), state, lock.locked())));
            }
        }
        return deals;
    }

    /** A partner can lock its money behind any state; what is no deal is not shown as one. */
    private static Optional<ByAnswer.State> read(ContractInstance contract) {
        try {
            return Optional.of(ByAnswer.read(contract.state()));
        } catch (IllegalArgumentException noDeal) {
            return Optional.empty();
        }
    }

    private static Open open(ChannelId channel, ChannelMemory memory) {
        if (memory instanceof Open open) {
            return open;
        }
        throw new Customer.NotPossible(
                "channel %s is %s, not open".formatted(channel, memory.phase()));
    }

    /** Which participant of the channel this node is. */
    public CompletionStage<Integer> me(ChannelId channel) {
        return node.channels()
                .inspect(channel)
                .thenApply(
                        memory -> {
                            if (memory instanceof KnownChannel known) {
                                return known.party().me();
                            }
                            throw new Customer.NotPossible("no channel " + channel);
                        });
    }

    /**
     * Puts {@code mine} of this side's money behind a deal; done when both have signed it.
     *
     * @param request the caller's own name for it; asked again under it, it is done once
     * @return the lock's id
     */
    public CompletionStage<Long> make(
            ChannelId channel, String request, ByAnswer.Terms terms, Amount mine) {
        long lock = lockId(request);
        return node.channels()
                .inspect(channel)
                .thenCompose(memory -> make(channel, open(channel, memory), lock, terms, mine))
                .thenApply(done -> lock);
    }

    private CompletionStage<?> make(
            ChannelId channel, Open open, long lock, ByAnswer.Terms terms, Amount mine) {
        int me = open.party().me();
        if (deals(open).stream().anyMatch(known -> known.lock() == lock)) {
            return CompletableFuture.completedFuture(lock);
        }
        return update(
                channel,
                "make/" + lock,
                new ChannelOperation.Lock(
                        lock,
                        me,
                        mine,
                        me,
                        ByAnswer.code(),
                        ByAnswer.initialState(terms),
                        ByAnswer.GAS.time(),
                        ByAnswer.GAS.space()));
    }

    // Above every nonce that a channel can reach, and as unique as the request.
    private static long lockId(String request) {
        Hash hash = Hash.of(DomainTag.SESSION, Bytes.of(request.getBytes(StandardCharsets.UTF_8)));
        return ByteBuffer.wrap(hash.bytes().toArray()).getLong() >>> 2 | 1L << 60;
    }

    /** Puts in what is missing of a deal that the partner made. */
    public CompletionStage<Deal> join(ChannelId channel, long lock) {
        return find(channel, lock)
                .thenCombine(me(channel), Joining::new)
                .thenCompose(
                        joining ->
                                joining.deal().missing().isZero()
                                        ? find(channel, lock)
                                        : update(
                                                        channel,
                                                        "join/" + lock,
                                                        new ChannelOperation.TopUp(
                                                                lock,
                                                                joining.me(),
                                                                joining.deal().missing()))
                                                .thenCompose(done -> find(channel, lock)));
    }

    private record Joining(Deal deal, int me) {}

    private CompletionStage<Deal> find(ChannelId channel, long lock) {
        return list(channel)
                .thenApply(
                        deals ->
                                deals.stream()
                                        .filter(deal -> deal.lock() == lock)
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        new Customer.NotPossible(
                                                                "no deal %d in channel %s"
                                                                        .formatted(
                                                                                lock, channel))));
    }

    /** Settles by the final answer, both signing. */
    public CompletionStage<Deal> claim(ChannelId channel, long lock) {
        return find(channel, lock)
                .thenCompose(deal -> finalAnswer(node, deal.state().terms().question()))
                .thenCompose(
                        proof ->
                                step(
                                        channel,
                                        lock,
                                        ShownAnswer.message(proof),
                                        Optional.of(ShownAnswer.root(proof))));
    }

    /** The proof of a final answer, fails when there is none yet. */
    public static CompletionStage<AnswerProof> finalAnswer(WormholeNode node, OracleId question) {
        return node.settlementNode()
                .proveAnswer(question, Certainty.FINAL)
                .thenApply(
                        proven -> {
                            if (proven.proof().verify(proven.header().roots()).proven().isEmpty()) {
                                throw new Customer.NotPossible(
                                        "question " + question + " has no final answer yet");
                            }
                            return new AnswerProof(
                                    proven.header(), question, proven.proof().proof());
                        });
    }

    /** Settles on an outcome by which this side gets least, both signing. */
    public CompletionStage<Deal> concede(ChannelId channel, long lock, ByAnswer.Outcome outcome) {
        return step(channel, lock, ByAnswer.concede(outcome), Optional.empty());
    }

    /** Settles when no answer came in time, both signing. */
    public CompletionStage<Deal> expire(ChannelId channel, long lock) {
        return step(channel, lock, ByAnswer.expire(), Optional.empty());
    }

    private CompletionStage<Deal> step(
            ChannelId channel, long lock, Bytes message, Optional<Hash> root) {
        BlockHeight now = node.settlementNode().status().head().height();
        return me(channel)
                .thenCompose(
                        me ->
                                update(
                                        channel,
                                        "step/%d/%s/%s"
                                                .formatted(
                                                        lock,
                                                        now,
                                                        Hash.of(DomainTag.SESSION, message)),
                                        new ChannelOperation.Step(lock, me, now, message, root)))
                .thenCompose(done -> find(channel, lock));
    }

    /** Takes an ended deal out of the channel, so that it can be closed together. */
    public CompletionStage<?> release(ChannelId channel, long lock) {
        return update(channel, "release/" + lock, new ChannelOperation.Release(lock));
    }

    /** Closes the channel alone and lets the chain settle the deal by the final answer. */
    public CompletionStage<?> force(ChannelId channel, long lock) {
        return find(channel, lock)
                .thenCompose(deal -> finalAnswer(node, deal.state().terms().question()))
                .thenCompose(
                        proof ->
                                node.channels()
                                        .perform(
                                                channel,
                                                new ChannelAction.Dispute(
                                                        Optional.of(
                                                                new ForcedStep(
                                                                        lock,
                                                                        ShownAnswer.message(
                                                                                proof))))))
                .thenApply(AnswerDeals::requireDone);
    }

    private CompletionStage<ChannelEntity.Answer> update(
            ChannelId channel, String request, ChannelOperation operation) {
        return node.channels()
                .request(channel, "deal/" + request, Update.of(operation))
                .thenApply(AnswerDeals::requireDone);
    }

    private static ChannelEntity.Answer requireDone(ChannelEntity.Answer answer) {
        if (answer instanceof ChannelEntity.Refused refused) {
            throw new Customer.NotPossible(refused.reason());
        }
        return answer;
    }
}
