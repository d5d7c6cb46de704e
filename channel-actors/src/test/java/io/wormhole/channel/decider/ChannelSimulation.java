package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.MessageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One channel between two deciders, a chain under the seed's hand, a bad network and, if wished, a
 * bad partner. All that happens follows from the seed; after each step the invariants are checked,
 * and a broken one throws {@link AssertionError}.
 *
 * <p>An honest world loses, duplicates and reorders messages until it heals; a crash loses all but
 * the stored events, and of those what need not be on the disk yet. A hostile world replaces Bob by
 * one who knows every state, answers or not as he likes, sends anything, and goes to the chain with
 * whatever he holds.
 */
final class ChannelSimulation {
    /** Who Bob is. */
    enum World {
        HONEST,
        /** Honest, but now and then one side comes back from an old copy of its data. */
        RESTORED,
        HOSTILE
    }

    static final long DEPOSIT = 100;
    static final int ALICE = 0;
    private static final int BOB = 1;
    private static final long LOCK = 1_000;
    static final UpdateRules RULES = new UpdateRules(new Toy());

    final SplittableRandom random;
    final World world;
    final ChannelTerms terms;
    final FakeSettlement chain;
    final SimulatedSide alice;
    final SimulatedSide bob;
    // Who comes back from old copies of its data.
    private final Optional<SimulatedSide> forgetful;
    // The network: what is on its way to each side.
    final List<List<ChannelMessage>> towards = List.of(new ArrayList<>(), new ArrayList<>());
    // What Bob can prove, oldest first.
    final List<CoSignedState> known = new ArrayList<>();
    private final SimulationVerdict verdict = new SimulationVerdict(this);
    private final HostilePartner hostile = new HostilePartner(this);
    private int requests;

    ChannelSimulation(long seed, World world) {
        this.random = new SplittableRandom(seed);
        this.world = world;
        ChannelTerms usual =
                Side.terms(
                        random.nextBoolean()
                                ? CloseRule.CLOSE_AT_ONCE
                                : CloseRule.RESTART_COUNTDOWN);
        this.terms =
                new ChannelTerms(
                        usual.participants(), 6, usual.closeRule(), Amount.ZERO, usual.salt());
        Map<Address, Amount> money =
                Map.of(
                        Alice.ADDRESS, Amount.of(10_000_000),
                        Bob.ADDRESS, Amount.of(10_000_000));
        this.chain =
                new FakeSettlement(
                        TestNetwork.ID, money, new ChannelLedger(TestNetwork.ID, new Toy()));
        this.alice = new SimulatedSide(this, ALICE, Alice.KEYS);
        this.bob = new SimulatedSide(this, BOB, Bob.KEYS);
        // The other one knows what happened.
        this.forgetful =
                world != World.RESTORED
                        ? Optional.empty()
                        : Optional.of(seed % 2 == 0 ? alice : bob);
    }

    /** Runs the whole life of a channel. */
    void run() {
        open();
        int steps = 20 + random.nextInt(50);
        for (int i = 0; i < steps; i++) {
            step();
            verdict.check();
        }
        if (world != World.HOSTILE) {
            heal();
            verdict.check();
            verdict.checkConverged();
        }
        finish();
        verdict.checkEnd();
    }

    private void open() {
        List<Signature> signatures =
                List.of(
                        Alice.KEYS.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, terms.encoded()),
                        Bob.KEYS.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, terms.encoded()));
        for (SimulatedSide node : List.of(alice, bob)) {
            node.store(new ChannelEvent.TermsAgreed(TestNetwork.ID, terms, node.me, signatures));
        }
        alice.does(new ChannelAction.Connected());
        submit(Alice.KEYS, (Effect.Submit) Agreed.publish(alice.party(), signatures));
        chain.mineFinal(1);
        look();
    }

    // ---- what can happen ------------------------------------------------------------------------

    private void step() {
        if (world == World.HOSTILE && random.nextInt(5) == 0) {
            hostile.act();
            return;
        }
        int choice = random.nextInt(100);
        if (choice < 10) {
            (random.nextInt(2) == 0 ? alice : bob).force();
        } else if (choice < 45) {
            deliver(random.nextInt(2));
        } else if (choice < 62) {
            wish(random.nextInt(2) == 0 ? alice : bob);
        } else if (choice < 70) {
            reconnect();
        } else if (choice < 76) {
            SimulatedSide node = random.nextInt(2) == 0 ? alice : bob;
            if (forgetful.filter(node::equals).isPresent() && random.nextInt(3) == 0) {
                restore(node);
            } else {
                crash(node);
            }
        } else if (choice < 84) {
            chain.mine();
            look();
        } else if (choice < 88) {
            chain.finalise();
            look();
        } else if (choice < 91) {
            chain.reorganise(1 + random.nextInt(2), random.nextInt(4) == 0);
            look();
        } else if (choice < 93) {
            disorder(towards.get(random.nextInt(2)));
        } else if (choice < 97 && world != World.RESTORED) {
            // Both a deposit and a withdrawal, also of more than there is.
            (random.nextInt(2) == 0 ? alice : bob)
                    .does(
                            new ChannelAction.Resize(
                                    random.nextBoolean(), Amount.of(random.nextInt(120))));
        } else if (choice < 98) {
            (random.nextInt(2) == 0 ? alice : bob).does(new ChannelAction.Snapshot());
        } else if (choice < 99) {
            (random.nextInt(2) == 0 ? alice : bob).does(new ChannelAction.CloseTogether());
        }
    }

    private void deliver(int to) {
        List<ChannelMessage> queue = towards.get(to);
        if (queue.isEmpty()) {
            return;
        }
        ChannelMessage message = MessageCodec.decode(MessageCodec.encode(queue.remove(0)));
        if (to == ALICE) {
            alice.does(new ChannelAction.Hear(message));
            return;
        }
        hostile.hears(message);
        if (world != World.HOSTILE || random.nextInt(3) > 0) {
            bob.does(new ChannelAction.Hear(message));
        }
    }

    // Loses, doubles or swaps; a real link does this only by breaking.
    private void disorder(List<ChannelMessage> queue) {
        if (queue.isEmpty()) {
            return;
        }
        int at = random.nextInt(queue.size());
        switch (random.nextInt(3)) {
            case 0 -> queue.remove(at);
            case 1 -> queue.add(at, queue.get(at));
            default -> queue.add(queue.remove(at));
        }
    }

    private void wish(SimulatedSide node) {
        List<String> names = new ArrayList<>();
        List<ChannelOperation> operations = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            names.add("r" + requests++);
            operations.add(operation(node));
        }
        Offer offer = new Offer(names, new Update(operations), permit(node, operations));
        node.does(new ChannelAction.MakeOffer(offer));
    }

    ChannelOperation operation(SimulatedSide node) {
        boolean locked =
                node.memory instanceof Open open
                        && open.standing()
                                .position()
                                .state()
                                .lock(LOCK + node.lockRound())
                                .isPresent();
        long lock = LOCK + node.lockRound();
        int choice = random.nextInt(10);
        if (choice < 5) {
            return new ChannelOperation.Pay(node.me, Amount.of(random.nextInt(12)));
        } else if (!locked && choice < 8) {
            return new ChannelOperation.Lock(
                    lock,
                    node.me,
                    Amount.of(random.nextInt(20)),
                    ALICE,
                    Toy.CODE,
                    Toy.START,
                    10,
                    10);
        } else if (choice < 8) {
            return new ChannelOperation.Step(
                    lock, node.me, BlockHeight.ZERO, Bytes.of((byte) random.nextInt(8)));
        } else if (choice < 9) {
            return new ChannelOperation.TopUp(lock, node.me, Amount.of(random.nextInt(5)));
        }
        return new ChannelOperation.Release(lock);
    }

    private Optional<Permit> permit(SimulatedSide node, List<ChannelOperation> operations) {
        return operations.stream().anyMatch(ChannelOperation.Lock.class::isInstance)
                        && random.nextBoolean()
                ? Optional.of(new Permit(LOCK + node.lockRound(), Amount.of(3), 2))
                : Optional.empty();
    }

    private void reconnect() {
        towards.forEach(List::clear);
        alice.does(new ChannelAction.Connected());
        bob.does(new ChannelAction.Connected());
    }

    private void crash(SimulatedSide node) {
        towards.forEach(List::clear);
        node.losesPower();
        node.recover();
        reconnect();
    }

    private void restore(SimulatedSide node) {
        towards.forEach(List::clear);
        node.restore();
        reconnect();
    }

    private void look() {
        for (SimulatedSide node : List.of(alice, bob)) {
            FakeSettlement.State head = chain.state(Certainty.TENTATIVE);
            FakeSettlement.State settled = chain.state(Certainty.FINAL);
            boolean blind = world == World.HOSTILE && node == bob && bob.memory instanceof Open;
            if (!blind) {
                node.does(
                        new ChannelAction.ChainSeen(
                                Optional.ofNullable(head.channels().get(terms.id(TestNetwork.ID))),
                                Optional.ofNullable(
                                        settled.channels().get(terms.id(TestNetwork.ID))),
                                head.height(),
                                settled.height()));
            }
        }
    }

    // The wallet in short: whatever is not on its way yet is signed with the next nonce.
    boolean submit(KeyPair key, Effect.Submit wanted) {
        boolean waits =
                chain.waiting().stream()
                        .anyMatch(tx -> tx.transaction().body().equals(wanted.body()));
        if (waits) {
            return true;
        }
        Nonce nonce = chain.nextNonce(key.address()).toCompletableFuture().join();
        Transaction transaction =
                new Transaction(
                        key.publicKey(),
                        nonce,
                        chain.gasPrice(),
                        wanted.timeGasLimit(),
                        wanted.spaceGasLimit(),
                        Optional.empty(),
                        wanted.body());
        return chain.submit(transaction.signedBy(key, TestNetwork.ID)).toCompletableFuture().join()
                instanceof Submission.Accepted;
    }

    // ---- the end
    // ----------------------------------------------------------------------------------

    // The network is good again: links are up and deliver in order, the chain goes on.
    private void heal() {
        for (int i = 0; i < 5; i++) {
            reconnect();
            settleMessages();
            chain.mine();
            chain.finalise();
            look();
            settleMessages();
        }
    }

    private void settleMessages() {
        for (int i = 0; i < 500; i++) {
            if (towards.get(ALICE).isEmpty() && towards.get(BOB).isEmpty()) {
                return;
            }
            deliver(ALICE);
            deliver(BOB);
        }
        throw new AssertionError("they talk for ever: " + towards);
    }

    private void finish() {
        alice.does(new ChannelAction.Dispute(Optional.empty()));
        for (int i = 0; i < 60 && !(alice.memory instanceof Ended); i++) {
            chain.mine();
            chain.finalise();
            if (world == World.HOSTILE && random.nextInt(3) == 0) {
                hostile.act();
            }
            look();
            verdict.check();
        }
        SimulationVerdict.require(
                alice.memory instanceof Ended, "the channel does not end: " + alice.memory.phase());
    }
}
