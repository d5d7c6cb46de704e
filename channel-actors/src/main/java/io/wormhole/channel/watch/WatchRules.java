package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;

/**
 * What a watcher owes a client when the chain looks like this: pure, and judged anew at every
 * block, so that neither a restart nor a reorganisation loses or doubles anything.
 *
 * @param network the chain's
 * @param watcher whose transactions these are
 */
public record WatchRules(NetworkId network, Address watcher) {
    /** What is to be done. */
    public sealed interface Verdict {}

    /** Nothing now. */
    public record Wait() implements Verdict {}

    /** Bring this to the chain, once for each purpose. */
    public record Submit(String purpose, ChannelTransaction body) implements Verdict {}

    /** The channel is closed for good: what is held serves no purpose any more. */
    public record Over() implements Verdict {}

    /** What the client handed over does not help it. */
    public record Worthless(String reason) implements Verdict {}

    /** Judges what is held for a client against what the chain says of the channel. */
    public Verdict judge(
            PublicKey client, ChannelId channel, WatchCase held, ChannelAction.ChainSeen seen) {
        if (seen.settled()
                .filter(entry -> entry.phase() == ChannelEntry.Phase.CLOSED)
                .isPresent()) {
            return new Over();
        }
        if (seen.tentative().isEmpty()
                || seen.tentative().get().phase() != ChannelEntry.Phase.CLOSING) {
            return new Wait();
        }
        ChannelEntry entry = seen.tentative().get();
        if (!entry.isReplacedBy(held.nonce())) {
            return settle(channel, held, entry, seen);
        }
        if (!entry.terms().participants().get(held.participant()).key().equals(client)) {
            return new Worthless("the client takes no part in the channel");
        }
        if (!held.isSigned(entry.terms(), network, watcher)) {
            return new Worthless("state or appointment is not signed");
        }
        if (!held.state().state().total().equals(entry.recorded().total())) {
            return new Worthless("the state divides another total than the channel's");
        }
        if (seen.height().isBefore(entry.changedAt().plus(held.patienceBlocks()))) {
            return new Wait();
        }
        return new Submit(
                "%s/watch-%s-%d".formatted(channel, held.nonce(), held.participant()),
                new ChannelTransaction.ChallengeFor(
                        channel, held.state(), held.participant(), held.appointment()));
    }

    // Where an answer starts the countdown again, somebody must end it; anybody may.
    private static Verdict settle(
            ChannelId channel, WatchCase held, ChannelEntry entry, ChannelAction.ChainSeen seen) {
        boolean answered =
                entry.closer() == held.participant() && entry.agreed().equals(held.nonce());
        boolean due =
                !seen.height().isBefore(entry.closesAt())
                        && !seen.finalHeight().isBefore(entry.changedAt());
        return answered && due
                ? new Submit(channel + "/watch-settle", new ChannelTransaction.Settle(channel))
                : new Wait();
    }
}
