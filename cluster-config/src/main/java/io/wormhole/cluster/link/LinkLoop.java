package io.wormhole.cluster.link;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/** The few threads of an actor system that wait for the network, for all links together. */
@SuppressWarnings("FutureReturnValueIgnored") // The threads end on their own.
final class LinkLoop implements Extension {
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    THREADS, new DefaultThreadFactory("links", true), NioIoHandler.newFactory());

    private static final class Id extends ExtensionId<LinkLoop> {
        private static final Id ONE = new Id();

        @Override
        public LinkLoop createExtension(ActorSystem<?> system) {
            LinkLoop loop = new LinkLoop();
            system.getWhenTerminated()
                    .whenComplete(
                            (done, failure) ->
                                    loop.group.shutdownGracefully(0, 2, TimeUnit.SECONDS));
            return loop;
        }
    }

    /** The threads of an actor system; they end with it, and the links that are left too. */
    static EventLoopGroup of(ActorSystem<?> system) {
        return Id.ONE.apply(system).group;
    }
}
