package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.isa.contract.assurance.ByAnswer;
import io.wormhole.isa.contract.assurance.ShownAnswer;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.SettledQuestions;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alice buys, Bob sells, and Mallory's question says whether it was delivered. */
class AnswerContractTest {
    private static final OracleId DELIVERED = OracleId.of(Mallory.ADDRESS, new Nonce(1_000));
    private static final long LOCK = 5;
    private static final ByAnswer.Terms TERMS =
            ByAnswer.escrow(DELIVERED, 0, Amount.of(40), new BlockHeight(500));
    private static final SettledQuestions YES =
            SettledQuestions.ofOthers(30).with(DELIVERED, Optional.of(Answer.YES));
    private static final Bytes SHOWN = ShownAnswer.message(YES.proof(DELIVERED));

    private final Side alice = Side.open(Alice.KEYS, Side.terms(), 0);
    private final Side bob = Side.open(Bob.KEYS, Side.terms(), 1);

    private void lock() {
        alice.offers(
                "buy",
                new ChannelOperation.Lock(
                        LOCK,
                        0,
                        TERMS.sum(),
                        0,
                        ByAnswer.code(),
                        ByAnswer.initialState(TERMS),
                        ByAnswer.GAS.time(),
                        ByAnswer.GAS.space()));
        Side.talk(alice, bob);
    }

    private static ChannelOperation.Step step() {
        return new ChannelOperation.Step(
                LOCK, 1, new BlockHeight(30), SHOWN, Optional.of(YES.root()));
    }

    @Test
    void answerThatBothKnowToBeFinalPaysWithoutTheChain() {
        lock();
        alice.knowsFinal(YES.root());

        bob.offers("claim", step(), new ChannelOperation.Release(LOCK));
        Side.talk(alice, bob);

        for (Side side : List.of(alice, bob)) {
            assertThat(side.standing().position().state().balances())
                    .containsExactly(Amount.of(60), Amount.of(140));
            assertThat(side.standing().position().state().locks()).isEmpty();
        }
    }

    @Test
    void answerThatIsNotFinalForThePartnerIsNotSigned() {
        lock();

        bob.offers("claim", step());
        Side.talk(alice, bob);

        assertThat(bob.told(Effect.TellDropped.class).get(0).reason())
                .contains("are not final here");
        assertThat(alice.standing().position().state().locks()).hasSize(1);
        assertThat(bob.standing().offer()).isEmpty();
    }

    @Test
    void whoHoldsAnAnswerAgainstASilentPartnerBringsItToTheChain() {
        lock();
        bob.does(new ChannelAction.Dispute(Optional.of(new ForcedStep(LOCK, SHOWN))));

        bob.does(Side.chain(21, Side.entry(ChannelEntry.Phase.CLOSING, bob.standing().proof())));

        ChannelTransaction.ForceProgress forced =
                bob.told(Effect.Submit.class).stream()
                        .map(Effect.Submit::body)
                        .filter(ChannelTransaction.ForceProgress.class::isInstance)
                        .map(ChannelTransaction.ForceProgress.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(forced.message()).isEqualTo(SHOWN);
        assertThat(forced.lockId()).isEqualTo(LOCK);
    }

    @Test
    void stepWithAnAnswerIsReadBackAsItWasWritten() {
        assertThat(CanonicalReader.decode(step().encoded(), ChannelOperation::readFrom))
                .isEqualTo(step());
    }
}
