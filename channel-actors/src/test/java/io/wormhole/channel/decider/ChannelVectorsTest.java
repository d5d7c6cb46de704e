package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Reference vectors of other systems as far as they speak of one side of a channel. What the chain
 * itself judges (phases, signatures, totals, payouts of settlement) is shown in its own module.
 */
class ChannelVectorsTest {
    /** Prepaid calls: the price moves in the co-signed state before the call runs. */
    @Test
    void payPerCallMovesTheBalancesOfTheVectors() {
        for (JsonNode example : Vectors.cases("mechanisms/pay_per_call.json")) {
            ChannelTerms terms =
                    new ChannelTerms(
                            List.of(
                                    new Participant(
                                            Alice.KEYS.publicKey(),
                                            amount(example, "buyerDeposit")),
                                    new Participant(
                                            Bob.KEYS.publicKey(),
                                            amount(example, "sellerDeposit"))),
                            10,
                            Side.terms().closeRule(),
                            Amount.ZERO,
                            Side.terms().salt());
            Side buyer =
                    new Side(Alice.KEYS, Open.fresh(new ChannelParty(TestNetwork.ID, terms, 0)));
            Side seller =
                    new Side(Bob.KEYS, Open.fresh(new ChannelParty(TestNetwork.ID, terms, 1)));
            int calls = 0;
            for (JsonNode call : example.get("calls")) {
                buyer.offers(
                        "call" + calls++,
                        new ChannelOperation.Pay(
                                0, amount(example, "price").times(call.get("units").asLong())));
                Side.talk(buyer, seller);

                assertThat(buyer.refusal.isEmpty())
                        .isEqualTo(call.get("expect").asText().equals("OK"));
                for (Side side : List.of(buyer, seller)) {
                    ChannelState state = side.standing().position().state();
                    assertThat(state.nonce()).isEqualTo(new Nonce(call.get("nonce").asLong()));
                    assertThat(state.balances())
                            .containsExactly(amount(call, "buyer"), amount(call, "seller"));
                }
            }
        }
    }

    private static Amount amount(JsonNode node, String field) {
        return Amount.of(node.get(field).asLong());
    }

    /**
     * ForceMove: a challenge under a challenge needs a strictly greater turn number. Here a side
     * challenges exactly then. Rows of the open channel differ on purpose: there is nothing to
     * answer. Rows of bad signatures, bad transitions and a finalised channel are the chain's.
     */
    @Test
    void aSideChallengesExactlyWhatIsOlder() {
        int rows = 0;
        for (JsonNode row : Vectors.json("channel/nitro_forcemove.json").get("rows")) {
            String expect = row.path("expect").asText();
            boolean ours =
                    row.path("channel").asText().equals("challenge")
                            && (expect.equals("ok") || expect.startsWith("turn_record"));
            if (ours) {
                Side victim = holding(row.get("submitted_turn").asLong());
                victim.does(Side.tentative(21, closing(row.get("turn_record").asLong())));
                assertThat(victim.submits().isEmpty())
                        .as(row.toString())
                        .isNotEqualTo(expect.equals("ok"));
                rows++;
            }
        }
        assertThat(rows).isPositive();
    }

    /**
     * Timelines: a forced chain of steps is replaced by any co-signed state at or above its first
     * number. Our chain keeps the last co-signed nonce (23) as <em>agreed</em>, so 24 answers 31.
     */
    @Test
    void aForcedChainIsAnsweredByTheNextCoSignedState() {
        JsonNode timeline =
                Vectors.json("channel/channel_onchain_cases.json").get("timelines").get(1);
        long agreed = timeline.get("events").get(0).get("round").asLong();
        long forced = timeline.get("events").get(1).get("solo_round").asLong();
        ChannelEntry base = closing(agreed);
        ChannelEntry entry =
                new ChannelEntry(
                        base.terms(),
                        base.phase(),
                        state(forced),
                        new Nonce(agreed),
                        0,
                        base.closesAt(),
                        base.changedAt());

        Side newer = holding(agreed + 1).does(Side.tentative(21, entry));
        Side older = holding(agreed).does(Side.tentative(21, entry));

        assertThat(newer.submits()).containsExactly("challenge-" + (agreed + 1));
        assertThat(older.submits()).isEmpty();
    }

    private static ChannelState state(long nonce) {
        ChannelState first = Side.terms().initialState(TestNetwork.ID);
        return new ChannelState(first.channel(), new Nonce(nonce), first.balances(), first.locks());
    }

    private static ChannelEntry closing(long nonce) {
        return new ChannelEntry(
                Side.terms(),
                ChannelEntry.Phase.CLOSING,
                state(nonce),
                new Nonce(nonce),
                0,
                new BlockHeight(30),
                new BlockHeight(20));
    }

    /** Bob with a co-signed state of this nonce. */
    private static Side holding(long nonce) {
        ChannelState state = state(nonce);
        List<Signature> both =
                List.of(
                        Alice.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, state.encoded()),
                        Bob.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, state.encoded()));
        Open fresh = (Open) Side.bob().memory();
        return new Side(
                Bob.KEYS,
                new Open(
                        fresh.party(),
                        new Standing(
                                new ChannelPosition(state, List.of()),
                                Optional.of(new CoSignedState(state, both)),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        Optional.empty()));
    }
}
