package io.wormhole.cluster.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.wormhole.cluster.link.LinkEnd.Cause;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** Makes links of connections: of those that this side opens, and of those that it accepts. */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners hear what comes of it.
record LinkConnector(ActorSystem<?> system, LinkTls tls, LinkLimits limits) {

    EventLoopGroup loop() {
        return LinkLoop.of(system);
    }

    CompletionStage<Link> connect(InetSocketAddress address) {
        CompletableFuture<Link> ready = new CompletableFuture<>();
        // A name is asked for on a thread that may wait.
        Executor patient = system.dispatchers().lookup(DispatcherSelector.blocking());
        patient.execute(
                () ->
                        connectTo(
                                new InetSocketAddress(address.getHostString(), address.getPort()),
                                ready));
        return ready;
    }

    private void connectTo(InetSocketAddress remote, CompletableFuture<Link> ready) {
        if (remote.isUnresolved()) {
            ready.completeExceptionally(
                    new LinkException(
                            Cause.UNREACHABLE,
                            "no address is known for " + remote.getHostString()));
            return;
        }
        new Bootstrap()
                .group(loop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) limits.handshakeTimeout().toMillis())
                .handler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                follow(
                                        Connection.on(channel, tls.clientEngine(), limits),
                                        remote,
                                        ready);
                            }
                        })
                .connect(remote)
                .addListener(
                        connected -> {
                            if (!connected.isSuccess()) {
                                ready.completeExceptionally(
                                        LinkEnds.unreachable(remote, connected.cause()));
                            }
                        });
    }

    static LinkEnd endOf(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped =
                failure instanceof CompletionException || failure instanceof ExecutionException;
        return LinkEnds.of(wrapped && cause != null ? cause : failure, false);
    }

    /** Starts the server's side; {@code gone} runs once when the connection has ended. */
    CompletionStage<Link> accept(SocketChannel channel, Runnable gone) {
        CompletableFuture<Link> ready = new CompletableFuture<>();
        Connection connection = Connection.on(channel, tls.serverEngine(), limits);
        connection.end().thenRun(gone);
        follow(connection, channel.remoteAddress(), ready);
        return ready;
    }

    private void follow(
            Connection connection, InetSocketAddress remote, CompletableFuture<Link> ready) {
        connection.end().thenAccept(why -> ready.completeExceptionally(new LinkException(why)));
        connection
                .proved()
                .thenAccept(key -> ready.complete(new Link(key, remote, limits, connection)));
    }
}
