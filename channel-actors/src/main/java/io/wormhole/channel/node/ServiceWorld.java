package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.entity.ChannelWorld;
import io.wormhole.channel.session.Sessions;
import io.wormhole.channel.wallet.Wallet;
import io.wormhole.channel.watcher.ChannelWatcher;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** What channels do to the world: to their partners, the chain, the copies and the owner. */
record ServiceWorld(ChannelService service, ChannelOwner owner, ChannelKeeper keeper)
        implements ChannelWorld {
    @Override
    public void send(PublicKey partner, ChannelId channel, List<ChannelMessage> messages) {
        service.sessions().tell(new Sessions.Say(partner, channel, messages));
    }

    @Override
    public void submit(ChannelId channel, Effect.Submit transaction) {
        service.wallet()
                .tell(
                        new Wallet.Bring(
                                channel + "/" + transaction.purpose(),
                                transaction.body(),
                                transaction.timeGasLimit(),
                                transaction.spaceGasLimit(),
                                service.transactions()));
    }

    @Override
    public void attend(ChannelId channel) {
        service.watcher().tell(new ChannelWatcher.Attend(channel));
    }

    @Override
    public void rest(ChannelId channel) {
        service.watcher().tell(new ChannelWatcher.Rest(channel));
    }

    @Override
    public void changed(ChannelId channel, KnownChannel memory) {
        if (!(memory instanceof Ended)) {
            keeper.keep(channel, memory);
        }
        owner.changed(channel, memory);
    }

    @Override
    public CompletionStage<Done> durable() {
        return service.durable();
    }

    @Override
    public Optional<BlockHeight> height() {
        return service.news().height();
    }

    @Override
    public List<Hash> answers() {
        return service.news().answers();
    }

    @Override
    public void tell(ChannelId channel, Effect notice) {
        if (notice instanceof Effect.TellEnded) {
            service.directory().tell(new ChannelDirectory.Strike(channel));
            service.watcher().tell(new ChannelWatcher.Unwatch(channel));
            keeper.forget(channel);
        }
        owner.told(channel, notice);
    }
}
