package io.wormhole.settlement.consensus;

import static io.wormhole.settlement.consensus.MechanismVectors.hash;
import static io.wormhole.settlement.consensus.MechanismVectors.validator;
import static io.wormhole.settlement.consensus.ShortChain.RULES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForkChoiceTest {
    private static final Address ALICE = validator("alice");
    private static final Address BOB = validator("bob");
    private static final Address MALLORY = validator("mallory");

    private final ShortChain main =
            ShortChain.of(
                    Map.of(ALICE, Amount.of(100), BOB, Amount.of(100), MALLORY, Amount.of(100)));
    private ForkChoice choice = ForkChoice.startingAt(main.tip());

    @Test
    void moreWorkWinsAndEqualWorkGoesToTheSmallerHash() {
        IndexedBlock genesis = main.tip();
        IndexedBlock second = add(main, genesis.child(hash("y"), BigInteger.TWO, named(main)));
        IndexedBlock first = add(main, genesis.child(hash("x"), BigInteger.TWO, named(main)));

        assertThat(choice.head()).isEqualTo(first);
        IndexedBlock heavier = add(main, genesis.child(hash("z"), BigInteger.TEN, named(main)));
        assertThat(choice.head()).isEqualTo(heavier).isNotEqualTo(second);
    }

    @Test
    void aJustifiedChainBeatsAHeavierOne() {
        run(main, Set.of());
        ShortChain heavy = main.fork("b");
        for (int block = 0; block < 12; block++) {
            step(heavy, Set.of());
        }

        step(main, Set.of(ALICE, BOB));

        assertThat(choice.head()).isEqualTo(main.tip());
        assertThat(choice.head().justified().epoch()).isEqualTo(1);
    }

    @Test
    void theHeadMovesWhenAnotherBranchBecomesFinal() {
        step(main, Set.of());
        ShortChain other = main.fork("b");
        // longer.
        for (int block = 0; block < 20; block++) {
            step(other, Set.of());
        }
        assertThat(choice.head()).isEqualTo(other.tip());

        run(main, Set.of());
        run(main, Set.of(ALICE, BOB));
        run(main, Set.of(ALICE, BOB));

        assertThat(choice.finalised()).isEqualTo(new Checkpoint(1, hash("a4")));
        assertThat(choice.head()).isEqualTo(main.tip());
        assertThat(choice.alarm()).isEmpty();
    }

    @Test
    void twoConflictingFinalCheckpointsRaiseTheAlarmForGood() {
        step(main, Set.of());
        ShortChain other = main.fork("b");
        for (ShortChain chain : new ShortChain[] {main, other}) {
            run(chain, Set.of());
            run(chain, Set.of(ALICE, BOB, MALLORY));
            run(chain, Set.of(ALICE, BOB, MALLORY));
        }

        assertThat(choice.alarm())
                .contains(
                        new SafetyViolation(
                                new Checkpoint(1, hash("a4")), new Checkpoint(1, hash("b4"))));
        run(main, Set.of(ALICE, BOB, MALLORY));
        assertThat(main.tip().finalised().epoch()).isEqualTo(2);
        assertThat(choice.head()).isEqualTo(main.tip());
        assertThat(choice.finalised().epoch()).isEqualTo(1);
        assertThat(choice.alarm()).isPresent();
    }

    @Test
    void aTrustedCheckpointShutsOutChainsWithoutIt() {
        step(main, Set.of());
        ShortChain other = main.fork("b");
        run(main, Set.of());
        run(other, Set.of());
        Checkpoint trusted = new Checkpoint(1, hash("a4"));

        assertThat(WeakSubjectivity.isAllowed(main.tip(), trusted, main.tree(), RULES)).isTrue();
        assertThat(WeakSubjectivity.isAllowed(other.tip(), trusted, main.tree(), RULES)).isFalse();
        assertThat(WeakSubjectivity.isTooOld(0, 3 * 4 * 1000, 1000, RULES)).isFalse();
        assertThat(WeakSubjectivity.isTooOld(0, 3 * 4 * 1000 + 1, 1000, RULES)).isTrue();
    }

    @Test
    void evidenceIsFoundAmongAllVotesSeen() {
        EvidenceFinder finder = new EvidenceFinder(3);
        Vote honest = vote(1, 2, "x");

        assertThat(finder.see(honest)).isEmpty();
        assertThat(finder.see(honest)).isEmpty();
        assertThat(finder.see(vote(2, 3, "y"))).isEmpty();
        assertThat(finder.see(vote(1, 2, "y"))).contains(new Evidence(honest, vote(1, 2, "y")));
        assertThat(finder.see(vote(0, 9, "z")).orElseThrow().judgement())
                .isEqualTo(Slashing.SURROUND);
    }

    @Test
    void protectionPermitsOnlyLaterVotes() {
        SlashingProtection memory = SlashingProtection.NONE.after(vote(1, 3, "x"));

        assertThat(memory.permits(vote(1, 3, "y"))).isFalse();
        assertThat(memory.permits(vote(0, 4, "y"))).isFalse();
        assertThat(memory.permits(vote(1, 4, "y"))).isTrue();
        assertThatThrownBy(() -> memory.after(vote(0, 4, "y")))
                .hasMessageContaining("source from 1");
    }

    @Test
    void governanceNamesWhatIsWrongWithAProposal() {
        Governance.Parameter parameter = new Governance.Parameter("gas.timePrice", 100, 90, 110);

        assertThat(Governance.judge(parameter, 100, false))
                .isEqualTo(Governance.ProposalVerdict.NO_CHANGE);
        assertThat(Governance.judge(parameter, 121, false))
                .isEqualTo(Governance.ProposalVerdict.STEP_TOO_LARGE);
        assertThat(Governance.judge(parameter, 111, false))
                .isEqualTo(Governance.ProposalVerdict.OUT_OF_BOUNDS);
        assertThat(Governance.judge(parameter, 105, true))
                .isEqualTo(Governance.ProposalVerdict.ALREADY_OPEN);
        assertThat(Governance.judge(parameter, 105, false))
                .isEqualTo(Governance.ProposalVerdict.OK);
        assertThatThrownBy(() -> new Governance.Parameter("p", 5, 6, 7))
                .hasMessageContaining("allowed: 6 to 7");
    }

    private static Vote vote(long source, long target, String block) {
        return new Vote(
                MALLORY, new Checkpoint(source, hash("s")), new Checkpoint(target, hash(block)));
    }

    private static FinalityState named(ShortChain chain) {
        return chain.state().beginBlock(1, hash("genesis"), RULES).state();
    }

    private IndexedBlock add(ShortChain chain, IndexedBlock block) {
        chain.tree().add(block);
        choice = choice.onBlock(block, chain.tree());
        return block;
    }

    private void step(ShortChain chain, Set<Address> voters) {
        choice = choice.onBlock(chain.addBlock(voters), chain.tree());
    }

    private void run(ShortChain chain, Set<Address> voters) {
        do {
            step(chain, voters);
        } while (!RULES.isCheckpoint(chain.tip().height()));
    }
}
