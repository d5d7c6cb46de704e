package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.entity.ChannelWorld;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

/**
 * Both sides of one channel as the actors that they are on a node, with one journal and without a
 * link: each hears at once what the other says.
 */
final class Couple {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final BlockHeight OPENED_AT = new BlockHeight(1);

    private final JournalSystem journal;
    private final ChannelTerms terms;
    private final Side first;
    private final Side second;

    Couple(JournalSystem journal, ChannelTerms terms, KeyPair first, KeyPair second) {
        this.journal = journal;
        this.terms = terms;
        this.first = new Side(first);
        this.second = new Side(second);
        this.first.partner = this.second;
        this.second.partner = this.first;
    }

    /** Opens the channel, and lets both sides see that it is open. */
    void open() {
        first.does(new ChannelAction.Open(Pair.NETWORK, terms)).join();
        // When it has answered, it has told the first one that it agrees.
        second.does(seen()).join();
        first.does(seen()).join();
    }

    private ChannelAction seen() {
        Optional<ChannelEntry> entry =
                Optional.of(
                        new ChannelEntry(
                                terms,
                                ChannelEntry.Phase.OPEN,
                                terms.initialState(Pair.NETWORK),
                                Nonce.ZERO,
                                0,
                                BlockHeight.ZERO,
                                OPENED_AT));
        return new ChannelAction.ChainSeen(entry, entry, OPENED_AT, OPENED_AT);
    }

    /** An update that the first side wants; complete when both have signed it. */
    CompletableFuture<ChannelEntity.Answer> update(String name, Update update) {
        return first.asks(replyTo -> new ChannelEntity.Request(name, update, replyTo));
    }

    private final class Side implements ChannelWorld {
        private final KeyPair key;
        private final ActorRef<ChannelEntity.Command> actor;
        private Side partner = this;

        Side(KeyPair key) {
            this.key = key;
            Tools tools = new Tools(new UpdateRules(new VmContracts()), key);
            this.actor =
                    journal.system.systemActorOf(
                            ChannelEntity.create(terms.id(Pair.NETWORK), tools, this),
                            terms.id(Pair.NETWORK) + "~" + key.address(),
                            Props.empty());
        }

        private CompletableFuture<ChannelEntity.Answer> asks(
                Function<ActorRef<ChannelEntity.Answer>, ChannelEntity.Command> question) {
            return AskPattern.ask(actor, question, PATIENCE, journal.system.scheduler())
                    .toCompletableFuture();
        }

        private CompletableFuture<ChannelEntity.Answer> does(ChannelAction action) {
            return asks(replyTo -> new ChannelEntity.Perform(action, replyTo));
        }

        @Override
        public void send(PublicKey to, ChannelId channel, List<ChannelMessage> messages) {
            if (messages.get(0) instanceof ChannelMessage.OpenRequest request) {
                partner.does(new ChannelAction.Agree(Pair.NETWORK, request));
                return;
            }
            List<ChannelAction> heard =
                    messages.stream()
                            .<ChannelAction>map(ChannelAction.Hear::new)
                            .toList();
            partner.actor.tell(new ChannelEntity.PartnerDid(key.publicKey(), heard));
        }

        @Override
        public CompletionStage<Done> durable() {
            return Journal.durable(journal.system.classicSystem());
        }

        @Override
        public void submit(ChannelId channel, Effect.Submit transaction) {}

        @Override
        public void attend(ChannelId channel) {}

        @Override
        public void rest(ChannelId channel) {}

        @Override
        public Optional<BlockHeight> height() {
            return Optional.of(OPENED_AT);
        }

        @Override
        public List<Hash> answers() {
            return List.of();
        }

        @Override
        public void tell(ChannelId channel, Effect notice) {}
    }
}
