package io.wormhole.runtime.job;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.Update;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a job asks of the channel in which it is paid; asking again is always safe. */
final class JobChannel {
    private static final int ID_CHARACTERS = 16;

    private final JobWorld world;

    JobChannel(JobWorld world) {
        this.world = world;
    }

    /** Offers an update to the customer; the same {@code what} is the same request. */
    CompletionStage<ChannelEntity.Answer> offer(JobMemory memory, Object what, Update update) {
        String request = "job/" + memory.order().toHex().substring(0, ID_CHARACTERS) + "/" + what;
        return world.perform(
                memory.channel(),
                new ChannelAction.MakeOffer(new Offer(request, update, Optional.empty())));
    }

    /** Lets the chain pay for a part that the customer did not sign for. */
    void dispute(JobMemory memory, int part, long lockId) {
        world.channel(memory.channel())
                .thenAccept(
                        channel -> {
                            if (channel instanceof Open open) {
                                dispute(memory, part, lockId, open);
                            }
                        });
    }

    private void dispute(JobMemory memory, int part, long lockId, Open open) {
        ForcedStep step =
                new ForcedStep(
                        lockId,
                        JobRules.delivery(memory, world.lineKey(), open.party().network(), part));
        world.perform(memory.channel(), new ChannelAction.Dispute(Optional.of(step)));
    }
}
