package io.wormhole.cluster.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket that turns connections into links within the limits. */
public final class LinkServer {
    private static final Logger LOG = LoggerFactory.getLogger(LinkServer.class);
    private static final int BACKLOG = 128;

    private final LinkHandler handler;
    private final LinkConnector connector;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Tcp.ServerBinding> binding = new CompletableFuture<>();

    private LinkServer(LinkHandler handler, LinkConnector connector) {
        this.handler = handler;
        this.connector = connector;
    }

    static CompletionStage<LinkServer> bind(
            InetSocketAddress local, LinkHandler handler, LinkConnector connector) {
        LinkServer server = new LinkServer(handler, connector);
        Tcp.get(connector.system())
                .bind(
                        local.getHostString(),
                        local.getPort(),
                        BACKLOG,
                        List.of(),
                        false,
                        Optional.empty())
                .toMat(Sink.foreach(server::accept), Keep.left())
                .run(connector.system())
                .whenComplete(
                        (bound, failure) -> {
                            if (failure == null) {
                                server.binding.complete(bound);
                            } else {
                                server.binding.completeExceptionally(
                                        LinkConnector.cannotBind(local, failure));
                            }
                        });
        return server.binding.thenApply(
                bound -> {
                    server.stopWithSystem();
                    return server;
                });
    }

    /** The address that is listened on, with the port that was taken. */
    public InetSocketAddress address() {
        return binding.join().localAddress();
    }

    /** The number of connections that count against the limits now. */
    public int connections() {
        return total.get();
    }

    /** Stops listening and closes every link that was accepted; completes when both are done. */
    public CompletionStage<Done> stop() {
        return binding.join().unbind().thenCompose(done -> closeAll());
    }

    private void stopWithSystem() {
        var shutdown = CoordinatedShutdown.get(connector.system());
        String name = "links-" + address().getPort();
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceUnbind(),
                name,
                () -> binding.join().unbind().thenApply(done -> Done.getInstance()));
        shutdown.addTask(CoordinatedShutdown.PhaseServiceStop(), name, this::closeAll);
    }

    private CompletionStage<Done> closeAll() {
        CompletableFuture<?>[] ends =
                open.stream()
                        .map(link -> link.close().toCompletableFuture())
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends).thenApply(nothing -> Done.getInstance());
    }

    private void accept(Tcp.IncomingConnection connection) {
        InetSocketAddress remote = connection.remoteAddress();
        Optional<String> tooMany = countIn(remote.getAddress());
        if (tooMany.isPresent()) {
            connection.handleWith(hangUp(), connector.system());
            tell(remote, new LinkEnd(LinkEnd.Cause.TOO_MANY_LINKS, tooMany.get()));
            return;
        }
        connector
                .accept(connection, () -> countOut(remote.getAddress()))
                .whenComplete(
                        (link, failure) -> {
                            if (failure == null) {
                                hand(link);
                            } else {
                                tell(remote, LinkConnector.endOf(failure));
                            }
                        });
    }

    private static Flow<ByteString, ByteString, ?> hangUp() {
        return Flow.fromSinkAndSource(Sink.cancelled(), Source.empty());
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
