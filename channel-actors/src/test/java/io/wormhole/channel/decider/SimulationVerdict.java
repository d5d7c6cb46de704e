package io.wormhole.channel.decider;

import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;

/** What must hold of a simulated channel: after each step, when all is well again, at the end. */
final class SimulationVerdict {
    private final ChannelSimulation simulation;

    SimulationVerdict(ChannelSimulation simulation) {
        this.simulation = simulation;
    }

    void check() {
        for (SimulatedSide node :
                simulation.world == ChannelSimulation.World.HOSTILE
                        ? List.of(simulation.alice)
                        : List.of(simulation.alice, simulation.bob)) {
            node.standing()
                    .ifPresent(
                            standing ->
                                    require(
                                            node.totals.contains(
                                                    standing.position()
                                                            .state()
                                                            .total()
                                                            .baseUnits()),
                                            "value not conserved"));
            node.answered.forEach(
                    (request, count) ->
                            require(
                                    count == 1
                                            || simulation.world == ChannelSimulation.World.RESTORED,
                                    request + " answered " + count + " times"));
        }
    }

    void checkConverged() {
        if (simulation.alice.memory instanceof Lost || simulation.bob.memory instanceof Lost) {
            // Whoever is behind its partner signs nothing more, and the channel ends alone.
            return;
        }
        for (SimulatedSide node : List.of(simulation.alice, simulation.bob)) {
            require(
                    !(node.memory instanceof Open open && open.doubtful()),
                    "a side still doubts although its partner has said where they stand");
        }
        // A side may have forgotten what it needs to close together; it is closed alone then.
        require(
                simulation.alice.memory instanceof Resizing
                        == simulation.bob.memory instanceof Resizing,
                "one waits for the chain, the other does not");
        require(
                simulation.world == ChannelSimulation.World.RESTORED
                        || simulation.alice.memory instanceof Closing
                                == simulation.bob.memory instanceof Closing,
                "one closes, the other does not");
        if (simulation.alice.memory instanceof Open one
                && simulation.bob.memory instanceof Open other) {
            require(
                    one.standing().position().equals(other.standing().position())
                            && sameProof(one.standing(), other.standing()),
                    "they end in different states: %s and %s"
                            .formatted(one.standing().nonce(), other.standing().nonce()));
            require(
                    one.standing().offer().isEmpty() && other.standing().offer().isEmpty(),
                    "a wish was not answered");
            require(
                    one.standing().pending().isEmpty() && other.standing().pending().isEmpty(),
                    "an update hangs");
        }
    }

    // Whoever learnt of a state from the chain needs no signatures.
    private static boolean sameProof(Standing one, Standing other) {
        return one.proof().isEmpty()
                || other.proof().isEmpty()
                || one.proof().equals(other.proof());
    }

    void checkEnd() {
        FakeSettlement.State settled = simulation.chain.state(Certainty.FINAL);
        ChannelEntry entry =
                Optional.ofNullable(settled.channels().get(simulation.terms.id(TestNetwork.ID)))
                        .orElseThrow(() -> new AssertionError("no channel"));
        require(entry.phase() == ChannelEntry.Phase.CLOSED, "not closed");
        long paid = simulation.alice.paid();
        require(
                paid >= simulation.alice.worst,
                "Alice was promised %d and got %d".formatted(simulation.alice.worst, paid));
        boolean together =
                simulation.chain.included().stream()
                        .anyMatch(
                                tx ->
                                        tx.transaction().body()
                                                instanceof ChannelTransaction.CloseMutual);
        require(
                together || entry.agreed().value() >= simulation.alice.coSigned,
                "state %s won against %d".formatted(entry.agreed(), simulation.alice.coSigned));
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
