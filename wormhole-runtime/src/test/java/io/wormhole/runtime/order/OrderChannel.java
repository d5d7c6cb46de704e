package io.wormhole.runtime.order;

import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.Optional;

/** An open channel in which Bob, participant 0, pays for Alice's cups; both agree to everything. */
public final class OrderChannel {
    /** Bob's deposit. */
    public static final Amount DEPOSIT = Amount.parse("20");

    private static final int CUSTOMER = 0;
    private static final int MAKER = 1;
    private static final ChannelTerms TERMS =
            new ChannelTerms(
                    List.of(
                            new Participant(Bob.KEYS.publicKey(), DEPOSIT),
                            new Participant(Alice.KEYS.publicKey(), Amount.ZERO)),
                    20,
                    CloseRule.CLOSE_AT_ONCE,
                    Amount.ZERO,
                    new Hash(Bytes.of(new byte[Hash.SIZE])));

    private final UpdateRules rules = new UpdateRules(new VmContracts());
    private ChannelPosition position =
            new ChannelPosition(TERMS.initialState(TestNetwork.ID), List.of());

    /** The channel as Bob sees it. */
    public Open seenByCustomer() {
        return seenBy(CUSTOMER);
    }

    /** The channel as Alice sees it. */
    public Open seenByMaker() {
        return seenBy(MAKER);
    }

    private Open seenBy(int me) {
        return new Open(party(me), standing(), Optional.empty());
    }

    private Standing standing() {
        return new Standing(
                position, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** One side of the channel. */
    public static ChannelParty party(int me) {
        return new ChannelParty(TestNetwork.ID, TERMS, me);
    }

    /** Both sign an update; it must be possible. */
    public void sign(Update update) {
        UpdateRules.Result result = rules.apply(TERMS, position, update);
        if (!(result instanceof UpdateRules.Result.Moved moved)) {
            throw new AssertionError("not possible: " + result);
        }
        position = moved.position();
    }

    /** What Bob and Alice have free. */
    public List<Amount> balances() {
        return position.state().balances();
    }

    /** What is locked in contracts. */
    public int locks() {
        return position.state().locks().size();
    }
}
