package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.EventCodec;
import io.wormhole.cluster.journal.Journal;
import java.util.function.BooleanSupplier;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** Events as the journal holds them, with the mark of those that may be on the disk a bit later. */
final class StoredEvents
        extends EventAdapter<ChannelEvent, io.wormhole.channel.proto.ChannelEvent> {
    private final UpdateRules rules;
    private final BooleanSupplier soonEnough;

    StoredEvents(UpdateRules rules, BooleanSupplier soonEnough) {
        this.rules = rules;
        this.soonEnough = soonEnough;
    }

    @Override
    public io.wormhole.channel.proto.ChannelEvent toJournal(ChannelEvent event) {
        return EventCodec.encode(event);
    }

    @Override
    public String manifest(ChannelEvent event) {
        return soonEnough.getAsBoolean() ? Journal.SOON : "";
    }

    @Override
    public EventSeq<ChannelEvent> fromJournal(
            io.wormhole.channel.proto.ChannelEvent stored, String manifest) {
        return EventSeq.single(EventCodec.decode(stored, rules));
    }
}
