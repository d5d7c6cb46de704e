package io.wormhole.cluster.link;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket that turns connections into links within the limits. */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners hear what comes of it.
public final class LinkServer {
    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);
    private static final int BACKLOG = 128;

    private final LinkHandler handler;
    private final LinkConnector connector;
    private volatile @Nullable Channel door;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final Set<Link> open = ConcurrentHashMap.newKeySet();

    private LinkServer(LinkHandler handler, LinkConnector connector) {
        this.handler = handler;
        this.connector = connector;
    }

    static CompletionStage<LinkServer> bind(
            InetSocketAddress local, LinkHandler handler, LinkConnector connector) {
        LinkServer server = new LinkServer(handler, connector);
        CompletableFuture<LinkServer> bound = new CompletableFuture<>();
        new ServerBootstrap()
                .group(connector.loop())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                server.accept(channel);
                            }
                        })
                .bind(local)
                .addListener(
                        (ChannelFuture opened) -> {
                            if (opened.isSuccess()) {
                                server.opened(opened.channel());
                                bound.complete(server);
                            } else {
                                bound.completeExceptionally(
                                        LinkEnds.cannotBind(local, opened.cause()));
                            }
                        });
        return bound;
    }

    private void opened(Channel listening) {
        door = listening;
        stopWithSystem();
    }

    private Channel door() {
        return requireNonNull(door, "not listening yet");
    }

    /** The address that is listened on, with the port that was taken. */
    public InetSocketAddress address() {
        return (InetSocketAddress) door().localAddress();
    }

    /** The number of connections that count against the limits now. */
    public int connections() {
        return total.get();
    }

    /** Stops listening and closes every link that was accepted; completes when both are done. */
    public CompletionStage<Done> stop() {
        return unbind().thenCompose(done -> closeAll());
    }

    private CompletionStage<Done> unbind() {
        CompletableFuture<Done> unbound = new CompletableFuture<>();
        door().close().addListener(closed -> unbound.complete(Done.getInstance()));
        return unbound;
    }

    private void stopWithSystem() {
        var shutdown = CoordinatedShutdown.get(connector.system());
        String name = "links-" + address().getPort();
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), name, this::unbind);
        shutdown.addTask(CoordinatedShutdown.PhaseServiceStop(), name, this::closeAll);
    }

    private CompletionStage<Done> closeAll() {
        CompletableFuture<?>[] ends =
                open.stream()
                        .map(link -> link.close().toCompletableFuture())
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends).thenApply(nothing -> Done.getInstance());
    }

    private void accept(SocketChannel channel) {
        InetSocketAddress remote = channel.remoteAddress();
        Optional<String> tooMany = countIn(remote.getAddress());
        if (tooMany.isPresent()) {
            channel.close();
            tell(remote, new LinkEnd(LinkEnd.Cause.TOO_MANY_LINKS, tooMany.get()));
            return;
        }
        connector
                .accept(channel, () -> countOut(remote.getAddress()))
                .whenComplete(
                        (link, failure) -> {
                            if (failure == null) {
                                hand(link);
                            } else {
                                tell(remote, LinkConnector.endOf(failure));
                            }
                        });
    }

    private void hand(Link link) {
        open.add(link);
        link.closed().thenAccept(end -> open.remove(link));
        try {
            handler.accepted(link);
        } catch (RuntimeException e) {
            LOG.error("closing {}, because its handler failed", link, e);
            link.close();
        }
    }

    private void tell(InetSocketAddress remote, LinkEnd why) {
        LOG.debug("refused {}: {}", remote, why);
        try {
            handler.refused(remote, why);
        } catch (RuntimeException e) {
            LOG.error("the handler of refused links failed", e);
        }
    }

    /** Counts a connection, or says why there must be no more. */
    private Optional<String> countIn(InetAddress address) {
        LinkLimits limits = connector.limits();
        if (total.incrementAndGet() > limits.maxLinks()) {
            total.decrementAndGet();
            return Optional.of("all " + limits.maxLinks() + " links are taken");
        }
        if (perAddress.merge(address, 1, Integer::sum) > limits.maxLinksPerAddress()) {
            countOut(address);
            return Optional.of(
                    "all "
                            + limits.maxLinksPerAddress()
                            + " links for "
                            + address.getHostAddress()
                            + " are taken");
        }
        return Optional.empty();
    }

    private void countOut(InetAddress address) {
        total.decrementAndGet();
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
