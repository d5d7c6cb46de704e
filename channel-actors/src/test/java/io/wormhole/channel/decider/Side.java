package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ContractRunner;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One side of a channel with nothing around it: memory, and what the last actions came to. */
public final class Side {
    /** What each deposits unless a test says otherwise. */
    public static final Amount DEPOSIT = Amount.of(100);

    private Tools tools;
    private ChannelMemory memory;

    /** Messages to the partner that nobody has delivered yet. */
    public final Deque<ChannelMessage> outbox = new ArrayDeque<>();

    /** All effects that are no messages. */
    public final List<Effect> effects = new ArrayList<>();

    /** All events. */
    public final List<ChannelEvent> events = new ArrayList<>();

    /** The last refusal. */
    public Optional<Refusal> refusal = Optional.empty();

    /** A side with this memory. */
    public Side(KeyPair key, ChannelMemory memory) {
        this(key, memory, new Toy());
    }

    /** A side with this memory and these contracts. */
    public Side(KeyPair key, ChannelMemory memory, ContractRunner contracts) {
        this.tools = new Tools(new UpdateRules(contracts), key);
        this.memory = memory;
    }

    /** One side of a channel that can be used, with contracts of the machine. */
    public static Side open(KeyPair key, ChannelTerms terms, int me) {
        return new Side(
                key, Open.fresh(new ChannelParty(TestNetwork.ID, terms, me)), new VmContracts());
    }

    /** Terms between Alice and Bob. */
    public static ChannelTerms terms(CloseRule rule) {
        return new ChannelTerms(
                List.of(
                        new Participant(Alice.KEYS.publicKey(), DEPOSIT),
                        new Participant(Bob.KEYS.publicKey(), DEPOSIT)),
                10,
                rule,
                Amount.ZERO,
                Hash.of(DomainTag.GENESIS, Toy.CODE));
    }

    /** The usual terms. */
    public static ChannelTerms terms() {
        return terms(CloseRule.CLOSE_AT_ONCE);
    }

    /** Alice, who opened the channel and can use it. */
    public static Side alice() {
        return new Side(Alice.KEYS, open(0));
    }

    /** Bob, the other side of {@link #alice()}. */
    public static Side bob() {
        return new Side(Bob.KEYS, open(1));
    }

    private static Open open(int me) {
        return Open.fresh(new ChannelParty(TestNetwork.ID, terms(), me));
    }

    /** From now on this side knows that answers with this root are final. */
    public Side knowsFinal(Hash root) {
        tools = tools.at(tools.height(), List.of(root));
        return this;
    }

    /** From now on this side knows that the chain is at this height. */
    public Side knowsHeight(BlockHeight height) {
        tools = tools.at(Optional.of(height), tools.answers());
        return this;
    }

    /** The memory. */
    public ChannelMemory memory() {
        return memory;
    }

    /** The memory as that of an open channel. */
    public Standing standing() {
        if (memory instanceof Open open) {
            return open.standing();
        } else if (memory instanceof Resizing resizing) {
            return resizing.standing();
        } else if (memory instanceof Closing closing) {
            return closing.standing();
        } else if (memory instanceof Disputed disputed) {
            return disputed.standing();
        }
        throw new IllegalStateException(memory.phase());
    }

    /** Lets something happen; events are evolved, messages queued. */
    public Side does(ChannelAction action) {
        Decision decision = memory.on(action, tools);
        List<Effect> wanted;
        if (decision instanceof Decision.Accepted accepted) {
            refusal = Optional.empty();
            for (ChannelEvent event : accepted.events()) {
                memory = memory.after(event, tools);
                events.add(event);
            }
            wanted = accepted.effects();
        } else {
            Decision.Refused refused = (Decision.Refused) decision;
            refusal = Optional.of(refused.refusal());
            wanted = refused.effects();
        }
        for (Effect effect : wanted) {
            if (effect instanceof Effect.Send send) {
                outbox.add(send.message());
            } else {
                effects.add(effect);
            }
        }
        return this;
    }

    /** Hears a message. */
    public Side hears(ChannelMessage message) {
        return does(new ChannelAction.Hear(message));
    }

    /** Wants to pay. */
    public Side pays(String request, long amount) {
        return offers(
                request,
                new ChannelOperation.Pay(((KnownChannel) memory).party().me(), Amount.of(amount)));
    }

    /** Wants an update. */
    public Side offers(String request, ChannelOperation... operations) {
        return does(
                new ChannelAction.MakeOffer(
                        new Offer(request, Update.of(operations), Optional.empty())));
    }

    /** The next message to the partner. */
    public ChannelMessage says() {
        return outbox.remove();
    }

    /** Delivers everything both ways until both are silent. */
    public static void talk(Side one, Side other) {
        for (int i = 0; i < 1000 && !(one.outbox.isEmpty() && other.outbox.isEmpty()); i++) {
            if (!one.outbox.isEmpty()) {
                other.hears(one.says());
            }
            if (!other.outbox.isEmpty()) {
                one.hears(other.says());
            }
        }
        if (!one.outbox.isEmpty() || !other.outbox.isEmpty()) {
            throw new IllegalStateException("they talk for ever");
        }
    }

    /** The link comes up on both sides, after everything on its way was lost. */
    public static void reconnect(Side one, Side other) {
        one.outbox.clear();
        other.outbox.clear();
        one.does(new ChannelAction.Connected());
        other.does(new ChannelAction.Connected());
        talk(one, other);
    }

    /** The same, but the link breaks when each side has heard so many messages. */
    public static void reconnect(Side one, Side other, int heard) {
        one.outbox.clear();
        other.outbox.clear();
        one.does(new ChannelAction.Connected());
        other.does(new ChannelAction.Connected());
        for (int i = 0; i < heard; i++) {
            if (!one.outbox.isEmpty()) {
                other.hears(one.says());
            }
            if (!other.outbox.isEmpty()) {
                one.hears(other.says());
            }
        }
    }

    /** The effects of one kind. */
    public <T extends Effect> List<T> told(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The purposes of what is to be submitted since the last call of {@code effects.clear()}. */
    public List<String> submits() {
        return told(Effect.Submit.class).stream().map(Effect.Submit::purpose).toList();
    }

    /** The state at a nonce as both have signed it; empty at nonce zero. */
    public Optional<CoSignedState> proof() {
        return standing().proof();
    }

    /** Own balance in the last co-signed state. */
    public long balance() {
        int me = ((KnownChannel) memory).party().me();
        return standing().position().state().balances().get(me).baseUnits();
    }

    /** What the chain says: in this phase, with this state recorded at height 20. */
    public static ChannelEntry entry(ChannelEntry.Phase phase, Optional<CoSignedState> state) {
        ChannelTerms terms = terms();
        boolean closing = phase == ChannelEntry.Phase.CLOSING;
        return new ChannelEntry(
                terms,
                phase,
                state.map(CoSignedState::state).orElse(terms.initialState(TestNetwork.ID)),
                state.map(CoSignedState::nonce).orElse(Nonce.ZERO),
                0,
                new BlockHeight(closing ? 30 : 0),
                new BlockHeight(20));
    }

    /** The chain at a height that is final. */
    public static ChannelAction.ChainSeen chain(long height, ChannelEntry entry) {
        return new ChannelAction.ChainSeen(
                Optional.of(entry),
                Optional.of(entry),
                new BlockHeight(height),
                new BlockHeight(height));
    }

    /** The chain at a height where the entry is not final and the channel was open before. */
    public static ChannelAction.ChainSeen tentative(long height, ChannelEntry entry) {
        return new ChannelAction.ChainSeen(
                Optional.of(entry),
                Optional.of(entry(ChannelEntry.Phase.OPEN, Optional.empty())),
                new BlockHeight(height),
                new BlockHeight(0));
    }
}
