package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bob as one who goes to the chain with whatever he holds, and says anything. */
final class HostilePartner {
    private final ChannelSimulation simulation;
    private final List<ChannelMessage> heard = new ArrayList<>();

    HostilePartner(ChannelSimulation simulation) {
        this.simulation = simulation;
    }

    /** What he hears he may say again. */
    void hears(ChannelMessage message) {
        heard.add(message);
    }

    void act() {
        int choice = simulation.random.nextInt(6);
        if (choice < 2) {
            Optional<CoSignedState> shown =
                    simulation.known.isEmpty() || simulation.random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    simulation.known.get(
                                            simulation.random.nextInt(simulation.known.size())));
            simulation.submit(
                    Bob.KEYS,
                    new Effect.Submit(
                            "",
                            new ChannelTransaction.CloseSolo(
                                    simulation.terms.id(TestNetwork.ID), shown),
                            0,
                            0));
        } else if (choice < 3 && !simulation.known.isEmpty()) {
            simulation.submit(
                    Bob.KEYS,
                    new Effect.Submit(
                            "",
                            new ChannelTransaction.Challenge(
                                    simulation.terms.id(TestNetwork.ID),
                                    simulation.known.get(
                                            simulation.random.nextInt(simulation.known.size()))),
                            0,
                            0));
        } else if (choice < 4) {
            simulation.submit(
                    Bob.KEYS,
                    new Effect.Submit(
                            "",
                            new ChannelTransaction.Settle(simulation.terms.id(TestNetwork.ID)),
                            0,
                            0));
        } else {
            simulation.towards.get(ChannelSimulation.ALICE).add(anything());
        }
    }

    private ChannelMessage anything() {
        Nonce nonce = new Nonce(Math.max(0, near()));
        Signature garbage = Bob.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, Toy.CODE);
        ClosingBalances greedy =
                new ClosingBalances(
                        simulation.terms.id(TestNetwork.ID),
                        List.of(Amount.ZERO, Amount.of(2 * ChannelSimulation.DEPOSIT)));
        return switch (simulation.random.nextInt(12)) {
            case 10 -> new ChannelMessage.ProposeResize(greedyResize());
            case 11 -> new ChannelMessage.CountersignResize(greedyResize(), garbage);
            case 0 -> new ChannelMessage.Countersign(nonce, garbage);
            case 1 -> new ChannelMessage.Acknowledge(nonce, garbage);
            case 2 ->
                    new ChannelMessage.Propose(
                            nonce,
                            Update.of(
                                    new ChannelOperation.Pay(ChannelSimulation.ALICE, Amount.of(9)),
                                    simulation.operation(simulation.bob)));
            case 3 ->
                    new ChannelMessage.Propose(
                            nonce, Update.of(simulation.operation(simulation.bob)));
            case 4 ->
                    new ChannelMessage.RefuseUpdate(
                            nonce, Hash.of(DomainTag.SESSION, Toy.CODE), "no");
            case 5 -> new ChannelMessage.ProposeClose(greedy);
            case 6 ->
                    new ChannelMessage.CountersignClose(
                            greedy,
                            Bob.KEYS.sign(
                                    DomainTag.CHANNEL_CLOSE, TestNetwork.ID, greedy.encoded()));
            case 7 -> new ChannelMessage.RefuseClose("no");
            case 8 ->
                    new ChannelMessage.Reestablish(
                            nonce,
                            simulation.known.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            simulation.known.get(
                                                    simulation.random.nextInt(
                                                            simulation.known.size()))));
            default -> heard.isEmpty() ? new ChannelMessage.OpenAgreed(garbage) : reflected();
        };
    }

    // Takes from Alice, or adds from her account, or is what an honest side would wish.
    private Resize greedyResize() {
        Standing standing =
                simulation
                        .alice
                        .standing()
                        .orElseGet(() -> Standing.opening(simulation.alice.party()));
        int who = simulation.random.nextInt(2);
        boolean withdrawal = simulation.random.nextBoolean();
        long most = standing.position().state().balances().get(who).baseUnits();
        return Resize.of(
                standing.position(),
                who,
                withdrawal,
                Amount.of(simulation.random.nextLong(most + 1)));
    }

    private ChannelMessage reflected() {
        return heard.get(simulation.random.nextInt(heard.size()));
    }

    private long near() {
        return simulation.alice.standing().map(it -> it.nonce().value()).orElse(0L)
                + simulation.random.nextInt(3)
                - 1;
    }
}
