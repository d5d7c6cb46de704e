package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
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
import io.wormhole.protocol.state.ChannelEntry.Phase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Alice, who is watched, Bob, her partner, and the tower that watches. */
final class Watching {
    static final KeyPair TOWER = key((byte) 77);
    static final WatchTerms TERMS =
            new WatchTerms(Amount.of(1_000), Duration.ofDays(30), Duration.ofDays(3), 2, 1 << 12);
    static final SecureRandom RANDOM = new SecureRandom();

    private Watching() {}

    static KeyPair key(byte number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = number;
        return KeyPair.ofSeed(Bytes.of(seed));
    }

    static ChannelTerms terms(CloseRule rule) {
        return Side.terms(rule);
    }

    static ChannelParty alice(ChannelTerms terms) {
        return new ChannelParty(TestNetwork.ID, terms, 0);
    }

    /** Both have signed that Alice has so much. */
    static CoSignedState state(ChannelTerms terms, long nonce, long alices) {
        ChannelId id = terms.id(TestNetwork.ID);
        long total = terms.totalDeposit().baseUnits();
        ChannelState state =
                new ChannelState(
                        id,
                        new Nonce(nonce),
                        List.of(Amount.of(alices), Amount.of(total - alices)),
                        List.of());
        return new CoSignedState(
                state,
                List.of(
                        Alice.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, state.encoded()),
                        Bob.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, state.encoded())));
    }

    static WatchMessage.Hold hold(ChannelTerms terms, long nonce, long alices) {
        return WatchPacking.pack(
                alice(terms), state(terms, nonce, alices), Alice.KEYS, TOWER.publicKey(), RANDOM);
    }

    static WatchCase open(WatchMessage.Hold hold, ChannelTerms terms) {
        return WatchSeal.open(terms.id(TestNetwork.ID), 0, hold.sealed());
    }

    /** What the chain says after somebody closed alone in a state. */
    static ChannelEntry closing(
            ChannelTerms terms, CoSignedState shown, int closer, long changedAt) {
        return new ChannelEntry(
                terms,
                Phase.CLOSING,
                shown.state(),
                shown.nonce(),
                closer,
                new BlockHeight(changedAt + terms.countdownBlocks()),
                new BlockHeight(changedAt));
    }

    static ChannelAction.ChainSeen seen(ChannelEntry head, ChannelEntry last, long height) {
        return new ChannelAction.ChainSeen(
                Optional.of(head),
                Optional.of(last),
                new BlockHeight(height),
                new BlockHeight(height));
    }

    static Invoice invoice(int number) {
        Invoice.Terms terms =
                new Invoice.Terms(
                        TestNetwork.ID,
                        TERMS.price(),
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) number)),
                        new BlockHeight(1_000),
                        60,
                        "watching");
        return Invoice.of(terms, TOWER);
    }
}
