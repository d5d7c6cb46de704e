package io.wormhole.runtime.trade;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.naming.WormholeAddress;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.order.CustomerOrders;
import io.wormhole.runtime.proto.CustomerOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The customer's side of a node. */
public final class Customer {
    private static final Duration ASK = Duration.ofSeconds(20);

    private final WormholeNode node;
    private final SecureRandom random = new SecureRandom();
    private final PartnerBook book;

    /** The customer whose key {@code node} holds. */
    public Customer(WormholeNode node) {
        this.node = node;
        this.book = new PartnerBook(node.dataDirectory().resolve("partners.properties"));
    }

    /** Something that cannot be done as asked; the message says why and what to do. */
    public static final class NotPossible extends RuntimeException {
        /** With what hinders it. */
        public NotPossible(String message) {
            super(message);
        }
    }

    /** A channel that is being opened. */
    public record Opening(ChannelId channel, ChannelTerms terms, WormholeAddress partner) {}

    /** Opens a channel with {@code deposit} to the wormhole of that name; usable when final. */
    public CompletionStage<Opening> openChannel(Name name, Amount deposit) {
        if (deposit.isZero()) {
            throw new IllegalArgumentException("a channel needs a deposit above zero");
        }
        return partner(name)
                .thenCompose(
                        partner ->
                                requireFunds(deposit).thenCompose(done -> open(partner, deposit)));
    }

    /**
     * Links to the partner of that name, now and after every start: this node does not know where
     * it is when its data were lost, or the partner has moved.
     */
    public CompletionStage<WormholeAddress> reach(Name name) {
        return partner(name)
                .thenApply(
                        partner -> {
                            reach(partner);
                            return partner;
                        });
    }

    private CompletionStage<WormholeAddress> partner(Name name) {
        return resolve(name)
                .thenApply(
                        partner -> {
                            if (partner.operator().equals(node.operator().publicKey())) {
                                throw new NotPossible(
                                        "the name " + name + " points to this node itself");
                            }
                            return partner;
                        });
    }

    /**
     * Complete when the account can put {@code deposit} in a channel; fails with {@link
     * NotPossible} otherwise. The chain would refuse it again and again, and the channel wait.
     */
    public CompletionStage<Done> requireFunds(Amount deposit) {
        return node.settlement()
                .account(node.operator().address(), Certainty.TENTATIVE)
                .thenApply(entry -> entry.map(AccountEntry::balance).orElse(Amount.ZERO))
                .thenApply(
                        own -> {
                            if (deposit.covers(own)) {
                                throw new NotPossible(
                                        "%s and the chain's fee are needed, the account has %s"
                                                .formatted(deposit, own));
                            }
                            return Done.done();
                        });
    }

    private CompletionStage<WormholeAddress> resolve(Name name) {
        return node.settlement()
                .name(name, Certainty.FINAL)
                .thenApply(
                        entry ->
                                entry.flatMap(NameEntry::wormhole)
                                        .orElseThrow(
                                                () ->
                                                        new NotPossible(
                                                                "the name "
                                                                        + name
                                                                        + " points to no wormhole:"
                                                                        + " is it claimed and"
                                                                        + " final?")));
    }

    private CompletionStage<Opening> open(WormholeAddress partner, Amount deposit) {
        byte[] salt = new byte[Hash.SIZE];
        random.nextBytes(salt);
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(node.operator().publicKey(), deposit),
                                new Participant(partner.operator(), Amount.ZERO)),
                        node.config().channels().countdownBlocks(),
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        new Hash(Bytes.of(salt)));
        reach(partner);
        return node.channels()
                .open(terms)
                .thenApply(
                        answer -> {
                            if (answer instanceof ChannelEntity.Refused refused) {
                                throw new NotPossible(refused.reason());
                            }
                            return new Opening(
                                    terms.id(node.settlement().network()), terms, partner);
                        });
    }

    /** What is ordered. */
    public record Wish(
            Name line,
            ChannelId channel,
            Hash packageHash,
            long packageBytes,
            int count,
            Amount maximumPrice) {}

    /** Places an order; it is durable when the stage completes. */
    public CompletionStage<Hash> order(Wish wish) {
        return resolve(wish.line()).thenCompose(maker -> place(wish, maker));
    }

    private CompletionStage<Hash> place(Wish wish, WormholeAddress maker) {
        byte[] id = new byte[Hash.SIZE];
        random.nextBytes(id);
        reach(maker);
        CustomerOrder order =
                CustomerOrder.newBuilder()
                        .setOrder(ByteString.copyFrom(id))
                        .setMaker(ByteString.copyFrom(maker.operator().bytes().toArray()))
                        .setChannel(ByteString.copyFrom(wish.channel().encoded().toArray()))
                        .setLine(wish.line().path())
                        .setPackageHash(ByteString.copyFrom(wish.packageHash().bytes().toArray()))
                        .setPackageBytes(wish.packageBytes())
                        .setCount(wish.count())
                        .setMaximumPriceBaseUnits(wish.maximumPrice().baseUnits())
                        .setLockId(lockId(id))
                        .setPhase("requested")
                        .build();
        CompletionStage<Done> stored =
                AskPattern.ask(
                        node.orders(),
                        replyTo -> new CustomerOrders.Place(order, replyTo),
                        ASK,
                        node.system().scheduler());
        return stored.thenApply(done -> new Hash(Bytes.of(id)));
    }

    // Above every nonce that a channel can reach, and as unique as the order's id.
    private static long lockId(byte[] order) {
        return ByteBuffer.wrap(order).getLong() >>> 2 | 1L << 60;
    }

    /** Goes on reaching all partners that were ever reached, after a restart. */
    public void reachKnownPartners() throws IOException {
        book.partners()
                .forEach(
                        (partner, address) ->
                                node.channels().reach(partner, address.host(), address.port()));
    }

    private void reach(WormholeAddress partner) {
        try {
            book.note(partner.operator(), new HostPort(partner.host(), partner.port()));
        } catch (IOException disk) {
            throw new NotPossible("the partner's address cannot be stored: " + disk);
        }
        node.channels().reach(partner.operator(), partner.host(), partner.port());
    }

    /** The newest co-signed state of a channel, to keep a copy of. */
    public CompletionStage<Optional<Bytes>> stateOf(ChannelId channel) {
        return node.channels().inspect(channel).thenApply(Customer::proof);
    }

    private static Optional<Bytes> proof(ChannelMemory memory) {
        if (memory instanceof Lost lost) {
            return Optional.of(lost.proof().encoded());
        }
        return memory instanceof KnownChannel known
                ? Standing.in(known).flatMap(Standing::proof).map(CoSignedState::encoded)
                : Optional.empty();
    }
}
