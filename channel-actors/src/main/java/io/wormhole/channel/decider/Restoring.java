package io.wormhole.channel.decider;

import java.util.ArrayList;
import java.util.List;

/** A memory is put in the place of one that is gone or older; it is in doubt from the start. */
final class Restoring {
    private Restoring() {}

    /** Where nothing is known. */
    static Decision from(ChannelAction.TakeBack back, Tools tools) {
        KnownChannel copy = back.copy();
        if (!copy.party().myKey().equals(tools.key().publicKey())) {
            return Decision.refuse(new Refusal.WrongParty("the copy is of another's channel"));
        }
        List<ChannelEvent> events = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        events.add(new ChannelEvent.TakenBack(copy));
        if (copy.on(new ChannelAction.Restored(), tools) instanceof Decision.Accepted doubt) {
            events.addAll(doubt.events());
            effects.addAll(doubt.effects());
        }
        return Decision.accept(events, effects);
    }

    /** Where something is known: the newer counts, and is in doubt all the same. */
    static Decision over(KnownChannel known, ChannelAction.TakeBack back, Tools tools) {
        boolean newer = back.copy().party().equals(known.party()) && age(back.copy()) > age(known);
        return newer ? from(back, tools) : known.on(new ChannelAction.Restored(), tools);
    }

    private static long age(KnownChannel memory) {
        if (memory instanceof Proposed) {
            return -2;
        } else if (memory instanceof Agreed) {
            return -1;
        } else if (memory instanceof Open open) {
            return open.standing().nonce().value();
        } else if (memory instanceof Lost lost) {
            return lost.proof().nonce().value();
        }
        // Whoever has begun to end a channel signs no update any more.
        return Long.MAX_VALUE;
    }
}
