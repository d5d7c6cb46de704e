package io.wormhole.channel.decider;

import java.util.List;

/** The answer to an action. */
public sealed interface Decision {
    /** Store {@code events}, then do {@code effects}; either may be empty. */
    record Accepted(List<ChannelEvent> events, List<Effect> effects) implements Decision {
        /** Copies the lists. */
        public Accepted {
            events = List.copyOf(events);
            effects = List.copyOf(effects);
        }
    }

    /** Nothing changes; {@code effects} tell the partner why, if it asked. */
    record Refused(Refusal refusal, List<Effect> effects) implements Decision {
        /** Copies the list. */
        public Refused {
            effects = List.copyOf(effects);
        }
    }

    /** Accepts with one event. */
    static Decision accept(ChannelEvent event, Effect... effects) {
        return new Accepted(List.of(event), List.of(effects));
    }

    /** Accepts without a change: something old is repeated, or there is nothing to do. */
    static Decision repeat(Effect... effects) {
        return new Accepted(List.of(), List.of(effects));
    }

    /** Accepts with several events. */
    static Decision accept(List<ChannelEvent> events, List<Effect> effects) {
        return new Accepted(events, effects);
    }

    /** Refuses. */
    static Decision refuse(Refusal refusal, Effect... effects) {
        return new Refused(refusal, List.of(effects));
    }
}
