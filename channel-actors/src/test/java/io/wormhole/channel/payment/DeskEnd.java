package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.protocol.channel.ChannelId;

/** One end of a channel. */
final class DeskEnd {
    Side side;
    ChannelMemory onDisk;
    ChannelMemory moved;
    final int partner;
    final AskedOfChannel asked = new AskedOfChannel();
    boolean up = true;

    DeskEnd(Side side, int partner) {
        this.side = side;
        this.onDisk = side.memory();
        this.moved = side.memory();
        this.partner = partner;
    }

    boolean hasWhatMustBeOnDisk() {
        boolean has = !side.events.stream().allMatch(ChannelEvent::isSoonEnough);
        side.events.clear();
        return has;
    }

    ChannelId id() {
        return ((Open) side.memory()).party().id();
    }
}
