package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.EventCodec;
import io.wormhole.channel.wire.MessageCodec;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
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
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final long DEPOSIT = 100;
    private static final int ALICE = 0;
    private static final int BOB = 1;
    private static final long LOCK = 1_000;
    private static final UpdateRules RULES = new UpdateRules(new Toy());

    private final SplittableRandom random;
    private final World world;
    private final ChannelTerms terms;
    private final FakeSettlement chain;
    private final Node alice;
    private final Node bob;
    // Who comes back from old copies of its data.
    private final Optional<Node> forgetful;
    // The network: what is on its way to each side.
    private final List<List<ChannelMessage>> towards =
            List.of(new ArrayList<>(), new ArrayList<>());
    // What Bob can prove, oldest first, and what he has heard.
    private final List<CoSignedState> known = new ArrayList<>();
    private final List<ChannelMessage> heard = new ArrayList<>();
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
        this.alice = new Node(ALICE, Alice.KEYS);
        this.bob = new Node(BOB, Bob.KEYS);
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
            check();
        }
        if (world != World.HOSTILE) {
            heal();
            check();
            checkConverged();
        }
        finish();
        checkEnd();
    }

    private void open() {
        List<Signature> signatures =
                List.of(
                        Alice.KEYS.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, terms.encoded()),
                        Bob.KEYS.sign(DomainTag.CHANNEL_TERMS, TestNetwork.ID, terms.encoded()));
        for (Node node : List.of(alice, bob)) {
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
            beHostile();
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
            Node node = random.nextInt(2) == 0 ? alice : bob;
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
        heard.add(message);
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

    private void wish(Node node) {
        List<String> names = new ArrayList<>();
        List<ChannelOperation> operations = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            names.add("r" + requests++);
            operations.add(operation(node));
        }
        Offer offer = new Offer(names, new Update(operations), permit(node, operations));
        node.does(new ChannelAction.MakeOffer(offer));
    }

    private ChannelOperation operation(Node node) {
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

    private Optional<Permit> permit(Node node, List<ChannelOperation> operations) {
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

    private void crash(Node node) {
        towards.forEach(List::clear);
        node.losesPower();
        node.recover();
        reconnect();
    }

    private void restore(Node node) {
        towards.forEach(List::clear);
        node.restore();
        reconnect();
    }

    private void look() {
        for (Node node : List.of(alice, bob)) {
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
    private boolean submit(KeyPair key, Effect.Submit wanted) {
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

    // ---- a bad partner --------------------------------------------------------------------------

    private void beHostile() {
        int choice = random.nextInt(6);
        if (choice < 2) {
            Optional<CoSignedState> shown =
                    known.isEmpty() || random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(known.get(random.nextInt(known.size())));
            submit(
                    Bob.KEYS,
                    new Effect.Submit(
                            "",
                            new ChannelTransaction.CloseSolo(terms.id(TestNetwork.ID), shown),
                            0,
                            0));
        } else if (choice < 3 && !known.isEmpty()) {
            submit(
                    Bob.KEYS,
                    new Effect.Submit(
                            "",
                            new ChannelTransaction.Challenge(
                                    terms.id(TestNetwork.ID),
                                    known.get(random.nextInt(known.size()))),
                            0,
                            0));
        } else if (choice < 4) {
            submit(
                    Bob.KEYS,
                    new Effect.Submit(
                            "", new ChannelTransaction.Settle(terms.id(TestNetwork.ID)), 0, 0));
        } else {
            towards.get(ALICE).add(anything());
        }
    }

    private ChannelMessage anything() {
        Nonce nonce = new Nonce(Math.max(0, near()));
        Signature garbage = Bob.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, Toy.CODE);
        ClosingBalances greedy =
                new ClosingBalances(
                        terms.id(TestNetwork.ID), List.of(Amount.ZERO, Amount.of(2 * DEPOSIT)));
        return switch (random.nextInt(12)) {
            case 10 -> new ChannelMessage.ProposeResize(greedyResize());
            case 11 -> new ChannelMessage.CountersignResize(greedyResize(), garbage);
            case 0 -> new ChannelMessage.Countersign(nonce, garbage);
            case 1 -> new ChannelMessage.Acknowledge(nonce, garbage);
            case 2 ->
                    new ChannelMessage.Propose(
                            nonce,
                            Update.of(
                                    new ChannelOperation.Pay(ALICE, Amount.of(9)), operation(bob)));
            case 3 -> new ChannelMessage.Propose(nonce, Update.of(operation(bob)));
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
                            known.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(known.get(random.nextInt(known.size()))));
            default -> heard.isEmpty() ? new ChannelMessage.OpenAgreed(garbage) : reflected();
        };
    }

    // Takes from Alice, or adds from her account, or is what an honest side would wish.
    private Resize greedyResize() {
        Standing standing = alice.standing().orElseGet(() -> Standing.opening(alice.party()));
        int who = random.nextInt(2);
        boolean withdrawal = random.nextBoolean();
        long most = standing.position().state().balances().get(who).baseUnits();
        return Resize.of(
                standing.position(), who, withdrawal, Amount.of(random.nextLong(most + 1)));
    }

    private ChannelMessage reflected() {
        return heard.get(random.nextInt(heard.size()));
    }

    private long near() {
        return alice.standing().map(it -> it.nonce().value()).orElse(0L) + random.nextInt(3) - 1;
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

    private void checkConverged() {
        if (alice.memory instanceof Lost || bob.memory instanceof Lost) {
            // Whoever is behind its partner signs nothing more, and the channel ends alone.
            return;
        }
        for (Node node : List.of(alice, bob)) {
            require(
                    !(node.memory instanceof Open open && open.doubtful()),
                    "a side still doubts although its partner has said where they stand");
        }
        // A side may have forgotten what it needs to close together; it is closed alone then.
        require(
                alice.memory instanceof Resizing == bob.memory instanceof Resizing,
                "one waits for the chain, the other does not");
        require(
                world == World.RESTORED
                        || alice.memory instanceof Closing == bob.memory instanceof Closing,
                "one closes, the other does not");
        if (alice.memory instanceof Open one && bob.memory instanceof Open other) {
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

    private void finish() {
        alice.does(new ChannelAction.Dispute(Optional.empty()));
        for (int i = 0; i < 60 && !(alice.memory instanceof Ended); i++) {
            chain.mine();
            chain.finalise();
            if (world == World.HOSTILE && random.nextInt(3) == 0) {
                beHostile();
            }
            look();
            check();
        }
        require(alice.memory instanceof Ended, "the channel does not end: " + alice.memory.phase());
    }

    // ---- what must hold
    // ---------------------------------------------------------------------------

    private void check() {
        for (Node node : world == World.HOSTILE ? List.of(alice) : List.of(alice, bob)) {
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
                                    count == 1 || world == World.RESTORED,
                                    request + " answered " + count + " times"));
        }
    }

    private void checkEnd() {
        FakeSettlement.State settled = chain.state(Certainty.FINAL);
        ChannelEntry entry =
                Optional.ofNullable(settled.channels().get(terms.id(TestNetwork.ID)))
                        .orElseThrow(() -> new AssertionError("no channel"));
        require(entry.phase() == ChannelEntry.Phase.CLOSED, "not closed");
        long paid = alice.paid();
        require(
                paid >= alice.worst,
                "Alice was promised %d and got %d".formatted(alice.worst, paid));
        boolean together =
                chain.included().stream()
                        .anyMatch(
                                tx ->
                                        tx.transaction().body()
                                                instanceof ChannelTransaction.CloseMutual);
        require(
                together || entry.agreed().value() >= alice.coSigned,
                "state %s won against %d".formatted(entry.agreed(), alice.coSigned));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** One side: memory from stored events alone, and a record of all it ever signed. */
    private final class Node {
        private final int me;
        private final KeyPair key;
        private final Tools tools;
        private final List<io.wormhole.channel.proto.ChannelEvent> journal = new ArrayList<>();
        private final List<Integer> writes = new ArrayList<>();
        private final Map<Long, Signature> signedStates = new HashMap<>();
        private final Set<Signature> signedCloses = new HashSet<>();
        private final Map<String, Integer> answered = new HashMap<>();
        // What a loss of power leaves of the journal at least, and who is told when all is durable.
        private int forced;
        private final List<Effect> untold = new ArrayList<>();
        private ChannelMemory memory = new Absent();
        private long coSigned;
        private final Set<Long> totals = new HashSet<>(Set.of(2 * DEPOSIT));
        private long worst = DEPOSIT;
        private Optional<ChannelState> signedResize = Optional.empty();

        Node(int me, KeyPair key) {
            this.me = me;
            this.key = key;
            this.tools = new Tools(RULES, key);
        }

        ChannelParty party() {
            return ((KnownChannel) memory).party();
        }

        long lockRound() {
            return standing().map(it -> it.nonce().value() / 8 * 8).orElse(0L);
        }

        Optional<Standing> standing() {
            if (memory instanceof Open open) {
                return Optional.of(open.standing());
            } else if (memory instanceof Resizing resizing) {
                return Optional.of(resizing.standing());
            } else if (memory instanceof Closing closing) {
                return Optional.of(closing.standing());
            } else if (memory instanceof Disputed disputed) {
                return Optional.of(disputed.standing());
            }
            return Optional.empty();
        }

        long paid() {
            return ((Ended) memory).payouts().get(me).baseUnits();
        }

        void store(ChannelEvent event) {
            journal.add(EventCodec.encode(event));
            memory = memory.after(event, tools);
        }

        void does(ChannelAction action) {
            Decision decision = memory.on(action, tools);
            List<Effect> effects;
            if (decision instanceof Decision.Accepted accepted) {
                accepted.events().forEach(this::store);
                writes.add(journal.size());
                effects = accepted.effects();
                if (!accepted.events().stream().allMatch(ChannelEvent::isSoonEnough)) {
                    force();
                }
                standing().ifPresent(this::note);
            } else {
                effects = ((Decision.Refused) decision).effects();
            }
            // A crash between storing and acting: nothing of it is done.
            if (!effects.isEmpty() && random.nextInt(60) == 0) {
                recover();
                return;
            }
            effects.forEach(this::carryOut);
        }

        /** The disk has all; by itself, or since something was stored that had to be there. */
        void force() {
            forced = journal.size();
            untold.forEach(this::tell);
            untold.clear();
            standing().ifPresent(this::note);
        }

        private void note(Standing standing) {
            boolean old = standing.nonce().value() < coSigned;
            boolean durable = forced == journal.size();
            if (durable) {
                coSigned =
                        Math.max(
                                coSigned,
                                standing.proof().map(it -> it.nonce().value()).orElse(0L));
            }
            // Whatever of these two is enforced, this side has agreed to it.
            if (memory instanceof Resizing resizing) {
                ChannelState after = resizing.resize().change().state();
                totals.add(after.total().baseUnits());
                signedResize = Optional.of(after);
            }
            // What it withdraws it has in its account, as soon as the chain takes it.
            long now =
                    signedResize
                            .filter(after -> after.nonce().isAfter(standing.nonce()))
                            .map(after -> Math.min(enforceable(after), held(standing)))
                            .orElseGet(() -> held(standing));
            long least =
                    standing.pending()
                            .map(it -> Math.min(now, enforceable(it.position().state())))
                            .orElse(now);
            // An old copy promises nothing, and what is not durable no more than what was before.
            worst = old ? worst : durable ? least : Math.min(worst, least);
            standing.proof().ifPresent(this::remember);
            standing.pending()
                    .ifPresent(it -> signs(it.position().state().nonce().value(), it.mine()));
        }

        private long held(Standing standing) {
            return enforceable(standing.position().state());
        }

        // Locks may be stepped by the partner on the chain; what they hold is not promised.
        private long enforceable(ChannelState state) {
            return state.balances().get(me).baseUnits();
        }

        private void remember(CoSignedState proof) {
            signs(proof.nonce().value(), proof.signatures().get(me));
            if (known.stream().noneMatch(proof::equals)) {
                known.add(proof);
            }
        }

        private void signs(long nonce, Signature signature) {
            Signature before = signedStates.putIfAbsent(nonce, signature);
            require(
                    before == null || before.equals(signature),
                    "two signatures for nonce " + nonce);
        }

        private void carryOut(Effect effect) {
            if (effect instanceof Effect.Send send) {
                leaves(send.message());
                towards.get(1 - me).add(send.message());
            } else if (effect instanceof Effect.Submit submit) {
                submit(key, submit);
            } else if (forced == journal.size()) {
                tell(effect);
            } else {
                untold.add(effect);
            }
        }

        private void tell(Effect effect) {
            if (effect instanceof Effect.TellCompleted told) {
                answered.merge(told.request(), 1, Integer::sum);
            } else if (effect instanceof Effect.TellDropped told) {
                answered.merge(told.request(), 1, Integer::sum);
            }
        }

        // Durable before sent: every signature that leaves can be rebuilt from the journal.
        private void leaves(ChannelMessage message) {
            if (message instanceof ChannelMessage.Countersign signed) {
                require(
                        signed.signature().equals(signedStates.get(signed.nonce().value())),
                        "a signature left that is not stored");
            } else if (message instanceof ChannelMessage.Acknowledge signed) {
                require(
                        signed.signature().equals(signedStates.get(signed.nonce().value())),
                        "a signature left that is not stored");
            } else if (message instanceof ChannelMessage.CountersignClose signed) {
                signedCloses.add(signed.signature());
                require(signedCloses.size() == 1, "two closings signed");
            }
        }

        /** The journal is that of some earlier moment, and the side knows that it may be. */
        void restore() {
            // Events of one decision are stored all or none, so no copy ends between them.
            writes.removeIf(length -> length > journal.size());
            int length = writes.isEmpty() ? 1 : writes.get(random.nextInt(writes.size()));
            journal.subList(length, journal.size()).clear();
            forced = length;
            untold.clear();
            memory = replayed(journal.size());
            // What it signed last may never have arrived; an honest partner that has it says so.
            long newest = standing().map(it -> it.nonce().value()).orElse(0L);
            signedStates.keySet().removeIf(nonce -> nonce > newest);
            // What this side alone could prove is gone with its data.
            Node other = this == alice ? bob : alice;
            long provable = other.standing().map(it -> it.nonce().value()).orElse(coSigned);
            if (provable < coSigned) {
                coSigned = Math.max(provable, newest);
                worst =
                        Math.min(
                                worst,
                                other.standing()
                                        .map(it -> enforceable(it.position().state()))
                                        .orElse(worst));
            }
            signedCloses.clear();
            Decision decision = memory.on(new ChannelAction.Restored(), tools);
            ((Decision.Accepted) decision).events().forEach(this::store);
        }

        /** What was not forced may be gone, from some decision on; with it goes the link. */
        void losesPower() {
            List<Integer> lengths = new ArrayList<>(List.of(forced));
            writes.stream().filter(it -> it > forced).forEach(lengths::add);
            int length = Math.min(journal.size(), lengths.get(random.nextInt(lengths.size())));
            journal.subList(length, journal.size()).clear();
            writes.removeIf(it -> it > length);
            memory = replayed(journal.size());
        }

        private ChannelMemory replayed(int snapshotAt) {
            ChannelMemory rebuilt = new Absent();
            int at = 0;
            for (io.wormhole.channel.proto.ChannelEvent event : journal) {
                if (at++ == snapshotAt) {
                    rebuilt = SnapshotCodec.decode(SnapshotCodec.encode(rebuilt), RULES);
                }
                rebuilt = rebuilt.after(EventCodec.decode(event, RULES), tools);
            }
            return rebuilt;
        }

        /** Everything but the journal is lost; a snapshot stands for a part of it. */
        void recover() {
            ChannelMemory before = memory;
            forced = journal.size();
            untold.clear();
            ChannelMemory rebuilt = replayed(random.nextInt(journal.size() + 1));
            require(rebuilt.equals(before), "replay gives another memory");
            memory = rebuilt;
            if (memory.on(new ChannelAction.Connected(), tools) instanceof Decision.Accepted owed) {
                owed.effects().forEach(this::carryOut);
            }
        }
    }
}
