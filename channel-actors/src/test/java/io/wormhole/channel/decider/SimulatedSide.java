package io.wormhole.channel.decider;

import io.wormhole.channel.wire.EventCodec;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One side: memory from stored events alone, and a record of all it ever signed. */
final class SimulatedSide {
    private final ChannelSimulation simulation;
    final int me;
    final KeyPair key;
    private final Tools tools;
    private final List<io.wormhole.channel.proto.ChannelEvent> journal = new ArrayList<>();
    private final List<Integer> writes = new ArrayList<>();
    private final Map<Long, Signature> signedStates = new HashMap<>();
    private final Set<Signature> signedCloses = new HashSet<>();
    final Map<String, Integer> answered = new HashMap<>();
    // What a loss of power leaves of the journal at least, and who is told when all is durable.
    private int forced;
    private final List<Effect> untold = new ArrayList<>();
    ChannelMemory memory = new Absent();
    long coSigned;
    final Set<Long> totals = new HashSet<>(Set.of(2 * ChannelSimulation.DEPOSIT));
    long worst = ChannelSimulation.DEPOSIT;
    private Optional<ChannelState> signedResize = Optional.empty();

    SimulatedSide(ChannelSimulation simulation, int me, KeyPair key) {
        this.simulation = simulation;
        this.me = me;
        this.key = key;
        this.tools = new Tools(ChannelSimulation.RULES, key);
    }

    ChannelParty party() {
        return ((KnownChannel) memory).party();
    }

    long lockRound() {
        return standing().map(it -> it.nonce().value() / 8 * 8).orElse(0L);
    }

    Optional<Standing> standing() {
        return memory instanceof KnownChannel known ? Standing.in(known) : Optional.empty();
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
        if (!effects.isEmpty() && simulation.random.nextInt(60) == 0) {
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
                    Math.max(coSigned, standing.proof().map(it -> it.nonce().value()).orElse(0L));
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
        standing.pending().ifPresent(it -> signs(it.position().state().nonce().value(), it.mine()));
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
        if (simulation.known.stream().noneMatch(proof::equals)) {
            simulation.known.add(proof);
        }
    }

    private void signs(long nonce, Signature signature) {
        Signature before = signedStates.putIfAbsent(nonce, signature);
        SimulationVerdict.require(
                before == null || before.equals(signature), "two signatures for nonce " + nonce);
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Send send) {
            leaves(send.message());
            simulation.towards.get(1 - me).add(send.message());
        } else if (effect instanceof Effect.Submit submit) {
            simulation.submit(key, submit);
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
            SimulationVerdict.require(
                    signed.signature().equals(signedStates.get(signed.nonce().value())),
                    "a signature left that is not stored");
        } else if (message instanceof ChannelMessage.Acknowledge signed) {
            SimulationVerdict.require(
                    signed.signature().equals(signedStates.get(signed.nonce().value())),
                    "a signature left that is not stored");
        } else if (message instanceof ChannelMessage.CountersignClose signed) {
            signedCloses.add(signed.signature());
            SimulationVerdict.require(signedCloses.size() == 1, "two closings signed");
        }
    }

    /** The journal is that of some earlier moment, and the side knows that it may be. */
    void restore() {
        // Events of one decision are stored all or none, so no copy ends between them.
        writes.removeIf(length -> length > journal.size());
        int length = writes.isEmpty() ? 1 : writes.get(simulation.random.nextInt(writes.size()));
        journal.subList(length, journal.size()).clear();
        forced = length;
        untold.clear();
        memory = replayed(journal.size());
        // What it signed last may never have arrived; an honest partner that has it says so.
        long newest = standing().map(it -> it.nonce().value()).orElse(0L);
        signedStates.keySet().removeIf(nonce -> nonce > newest);
        // What this side alone could prove is gone with its data.
        SimulatedSide other = this == simulation.alice ? simulation.bob : simulation.alice;
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
        int length =
                Math.min(journal.size(), lengths.get(simulation.random.nextInt(lengths.size())));
        journal.subList(length, journal.size()).clear();
        writes.removeIf(it -> it > length);
        memory = replayed(journal.size());
    }

    private ChannelMemory replayed(int snapshotAt) {
        ChannelMemory rebuilt = new Absent();
        int at = 0;
        for (io.wormhole.channel.proto.ChannelEvent event : journal) {
            if (at++ == snapshotAt) {
                rebuilt =
                        SnapshotCodec.decode(
                                SnapshotCodec.encode(rebuilt), ChannelSimulation.RULES);
            }
            rebuilt = rebuilt.after(EventCodec.decode(event, ChannelSimulation.RULES), tools);
        }
        return rebuilt;
    }

    /** Everything but the journal is lost; a snapshot stands for a part of it. */
    void recover() {
        ChannelMemory before = memory;
        forced = journal.size();
        untold.clear();
        ChannelMemory rebuilt = replayed(simulation.random.nextInt(journal.size() + 1));
        SimulationVerdict.require(rebuilt.equals(before), "replay gives another memory");
        memory = rebuilt;
        if (memory.on(new ChannelAction.Connected(), tools) instanceof Decision.Accepted owed) {
            owed.effects().forEach(this::carryOut);
        }
    }
}
