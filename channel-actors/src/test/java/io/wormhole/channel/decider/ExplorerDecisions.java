package io.wormhole.channel.decider;

import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the two deciders do, asked once for each memory and action; equal values have one number.
 */
final class ExplorerDecisions {
    /** What came of an action. */
    record Outcome(int memory, boolean forced, List<Integer> said, List<String> answered) {}

    private record Local(int side, int memory, ChannelAction action) {}

    private static final UpdateRules RULES = new UpdateRules(new Toy());
    private static final int TOTAL = 200;

    private final List<Tools> tools =
            List.of(new Tools(RULES, Alice.KEYS), new Tools(RULES, Bob.KEYS));
    private final Numbered<ChannelMemory> memories = new Numbered<>();
    private final Numbered<ChannelMessage> messages = new Numbered<>();
    private final Numbered<Map<Long, ChannelState>> signed = new Numbered<>();
    private final Map<Local, Outcome> known = new HashMap<>();
    private final Map<Long, Integer> signings = new HashMap<>();

    /** Equal values have one number. */
    private static final class Numbered<T> {
        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> values = new ArrayList<>();

        int of(T value) {
            return numbers.computeIfAbsent(
                    value,
                    fresh -> {
                        values.add(fresh);
                        return values.size() - 1;
                    });
        }

        T at(int number) {
            return values.get(number);
        }
    }

    ChannelMemory memory(int number) {
        return memories.at(number);
    }

    int number(ChannelMemory memory) {
        return memories.of(memory);
    }

    int nothingSigned() {
        return signed.of(new TreeMap<>());
    }

    ChannelAction hear(int message) {
        return new ChannelAction.Hear(messages.at(message));
    }

    Outcome decide(int side, int memory, ChannelAction action) {
        return known.computeIfAbsent(new Local(side, memory, action), this::decide);
    }

    private Outcome decide(Local local) {
        Tools own = tools.get(local.side());
        ChannelMemory memory = memories.at(local.memory());
        Decision decision = memory.on(local.action(), own);
        List<Effect> effects;
        boolean forced = false;
        if (decision instanceof Decision.Accepted accepted) {
            for (ChannelEvent event : accepted.events()) {
                memory = memory.after(event, own);
                forced |= !event.isSoonEnough();
            }
            effects = accepted.effects();
        } else {
            effects = ((Decision.Refused) decision).effects();
        }
        List<Integer> said = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                said.add(messages.of(send.message()));
            } else if (effect instanceof Effect.TellCompleted told) {
                answered.add(told.request());
            } else if (effect instanceof Effect.TellDropped told) {
                answered.add(told.request());
            }
        }
        return new Outcome(memories.of(memory), forced, List.copyOf(said), List.copyOf(answered));
    }

    private static Optional<Standing> standing(ChannelMemory memory) {
        if (memory instanceof Open open) {
            return Optional.of(open.standing());
        }
        return memory instanceof Closing closing
                ? Optional.of(closing.standing())
                : Optional.empty();
    }

    /** All that is signed when a side comes to {@code memory} that had signed {@code record}. */
    int signed(int record, int memory) {
        return signings.computeIfAbsent(
                ((long) record << 32) | memory, pair -> sign(record, memories.at(memory)));
    }

    private int sign(int record, ChannelMemory memory) {
        Optional<Standing> standing = standing(memory);
        if (standing.isEmpty()) {
            return record;
        }
        Map<Long, ChannelState> all = new TreeMap<>(signed.at(record));
        standing.get().proof().ifPresent(proof -> sign(all, proof.state()));
        standing.get().pending().ifPresent(it -> sign(all, it.position().state()));
        ProtocolExplorer.require(
                standing.get().position().state().total().baseUnits() == TOTAL,
                "value is not conserved");
        return signed.of(all);
    }

    private static void sign(Map<Long, ChannelState> all, ChannelState state) {
        ChannelState before = all.putIfAbsent(state.nonce().value(), state);
        ProtocolExplorer.require(
                before == null || before.equals(state),
                "two states signed with nonce " + state.nonce());
    }
}
