package io.wormhole.channel.node;

import io.wormhole.channel.backup.BackupWriter;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.protocol.channel.ChannelId;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** Passes all changes to the writer of copies. */
public record BackupKeeper(ActorRef<BackupWriter.Command> writer) implements ChannelKeeper {
    @Override
    public void all(List<ChannelId> channels) {
        writer.tell(new BackupWriter.All(channels));
    }

    @Override
    public void keep(ChannelId channel, KnownChannel memory) {
        writer.tell(new BackupWriter.Keep(channel, memory));
    }

    @Override
    public void forget(ChannelId channel) {
        writer.tell(new BackupWriter.Forget(channel));
    }
}
