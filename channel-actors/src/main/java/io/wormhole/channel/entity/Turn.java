package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Decision;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Refusal;
import io.wormhole.channel.decider.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Several actions decided one after the other, to be stored at once and then acted upon. */
final class Turn {
    private final Tools tools;
    private final List<Evolved> evolved = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Consumer<ChannelMemory>> atOnce = new ArrayList<>();
    private final List<Consumer<ChannelMemory>> afterwards = new ArrayList<>();
    private ChannelMemory memory;

    /** A step that was already computed for the decision. */
    record Evolved(ChannelMemory before, ChannelEvent event, ChannelMemory after) {}

    Turn(ChannelMemory memory, Tools tools) {
        this.memory = memory;
        this.tools = tools;
    }

    /** Decides; gives back why nothing changes, if so. */
    Optional<Refusal> take(ChannelAction action) {
        Decision decision = memory.on(action, tools);
        if (decision instanceof Decision.Accepted accepted) {
            for (ChannelEvent event : accepted.events()) {
                ChannelMemory after = memory.after(event, tools);
                evolved.add(new Evolved(memory, event, after));
                memory = after;
            }
            effects.addAll(accepted.effects());
            return Optional.empty();
        }
        Decision.Refused refused = (Decision.Refused) decision;
        effects.addAll(refused.effects());
        return Optional.of(refused.refusal());
    }

    /** Something that a crash may take back, to do when all is stored and said. */
    void thenAtOnce(Consumer<ChannelMemory> action) {
        atOnce.add(action);
    }

    /** Something to do when all is durable. */
    void then(Consumer<ChannelMemory> action) {
        afterwards.add(action);
    }

    void stored(ChannelMemory after) {
        atOnce.forEach(action -> action.accept(after));
    }

    void durable(ChannelMemory after) {
        afterwards.forEach(action -> action.accept(after));
    }

    /** Whether somebody is told when all is durable. */
    boolean tells() {
        return !afterwards.isEmpty()
                || effects.stream()
                        .anyMatch(
                                effect ->
                                        !(effect instanceof Effect.Send
                                                || effect instanceof Effect.Submit));
    }

    /** Whether the events need not be on the disk before the messages leave. */
    boolean isSoonEnough() {
        return !evolved.isEmpty() && evolved.stream().allMatch(step -> step.event().isSoonEnough());
    }

    boolean hasOffer() {
        return memory instanceof Open open && open.standing().offer().isPresent();
    }

    ChannelMemory memory() {
        return memory;
    }

    List<Evolved> evolved() {
        return evolved;
    }

    List<ChannelEvent> events() {
        return evolved.stream().map(Evolved::event).toList();
    }

    List<Effect> effects() {
        return effects;
    }
}
