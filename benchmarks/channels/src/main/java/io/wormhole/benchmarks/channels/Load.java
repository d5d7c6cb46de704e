package io.wormhole.benchmarks.channels;

import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.ledger.Amount;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Payments of one side in one channel, a fixed number of them waiting at any time. */
final class Load {
    private static final Update PAY = Update.of(new ChannelOperation.Pay(0, Amount.of(1)));

    private final BenchmarkNode payer;
    private final ChannelId channel;
    private final long end;
    private final AtomicLong names = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();

    Load(BenchmarkNode payer, ChannelId channel, long endNanos) {
        this.payer = payer;
        this.channel = channel;
        this.end = endNanos;
    }

    /** Pays until the time is over; complete when all are answered. */
    CompletableFuture<Void> run(int waiting) {
        CompletableFuture<?>[] lanes = new CompletableFuture<?>[waiting];
        Arrays.setAll(lanes, i -> next());
        return CompletableFuture.allOf(lanes);
    }

    /** One payment. */
    CompletableFuture<ChannelEntity.Answer> once() {
        return payer.channels
                .request(channel, "once-" + end, PAY)
                .toCompletableFuture();
    }

    private CompletableFuture<Void> next() {
        if (System.nanoTime() >= end) {
            return CompletableFuture.completedFuture(null);
        }
        String name = end + "-" + names.incrementAndGet();
        return payer.channels
                .request(channel, name, PAY)
                .toCompletableFuture()
                .thenComposeAsync(this::answered);
    }

    private CompletableFuture<Void> answered(ChannelEntity.Answer answer) {
        if (!(answer instanceof ChannelEntity.Completed completed)) {
            throw new IllegalStateException("not paid: " + answer);
        }
        done.incrementAndGet();
        highest.accumulateAndGet(completed.nonce().value(), Math::max);
        return next();
    }

    long payments() {
        return done.get();
    }

    long newestState() {
        return highest.get();
    }
}
