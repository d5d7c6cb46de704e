package io.wormhole.channel.payment;

import io.wormhole.channel.decider.Effect;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The wallet's rules in short: each purpose is served once, what waits for eight looks becomes
 * dearer by half, at most fifty times, and what is nowhere is brought again. It survives crashes.
 */
final class MarketWallet {
    private static final int PATIENCE_BLOCKS = 4;
    private static final long MOST = 50;

    private final KeyPair key;
    private final MarketChain chain;
    private final boolean raises;
    private long needed;
    private final Set<String> served = new HashSet<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private static final class Waiting {
        private final List<SignedTransaction> versions = new ArrayList<>();
        private int blocks;

        Waiting(SignedTransaction first) {
            versions.add(first);
        }

        SignedTransaction dearest() {
            return versions.get(versions.size() - 1);
        }
    }

    MarketWallet(KeyPair key, MarketChain chain, boolean raises) {
        this.key = key;
        this.chain = chain;
        this.raises = raises;
    }

    void want(ChannelId channel, Effect.Submit wanted) {
        String purpose = channel + "/" + wanted.purpose();
        if (served.contains(purpose) || waiting.containsKey(purpose)) {
            return;
        }
        SignedTransaction signed =
                chain.submit(
                        key,
                        wanted.body(),
                        Amount.of(Math.max(1, needed)),
                        wanted.timeGasLimit(),
                        wanted.spaceGasLimit());
        if (!(status(signed) instanceof TransactionStatus.Unknown)) {
            waiting.put(purpose, new Waiting(signed));
        }
    }

    private TransactionStatus status(SignedTransaction signed) {
        return chain.settlement().transaction(signed.id()).toCompletableFuture().join();
    }

    /** Looks after all that waits, once for each block. */
    void look() {
        for (Map.Entry<String, Waiting> each : List.copyOf(waiting.entrySet())) {
            look(each.getKey(), each.getValue());
        }
        fillGap();
    }

    private void look(String purpose, Waiting wish) {
        boolean pending = false;
        for (SignedTransaction version : wish.versions) {
            TransactionStatus status = status(version);
            if (status instanceof TransactionStatus.Included included) {
                if (included.certainty() == Certainty.FINAL) {
                    served.add(purpose);
                    needed = version.transaction().gasPrice().baseUnits() * 2 / 3;
                    waiting.remove(purpose);
                }
                return;
            }
            pending |= status instanceof TransactionStatus.Pending;
        }
        if (pending && ++wish.blocks % PATIENCE_BLOCKS == 0) {
            raise(wish);
        } else if (!pending) {
            chain.bring(wish.dearest());
            if (status(wish.dearest()) instanceof TransactionStatus.Unknown) {
                // Refused, or another took its nonce: what is still owed will be wanted again.
                waiting.remove(purpose);
            }
        }
    }

    private void raise(Waiting wish) {
        Transaction old = wish.dearest().transaction();
        long price = Math.min(MOST, old.gasPrice().baseUnits() * 3 / 2 + 1);
        if (raises && price > old.gasPrice().baseUnits()) {
            SignedTransaction dearer = with(old, Amount.of(price), old.body());
            chain.bring(dearer);
            wish.versions.add(dearer);
            needed = Math.max(needed, price);
        }
    }

    // What was given up leaves a nonce that others wait behind.
    private void fillGap() {
        long next =
                chain.settlement().nextNonce(key.address()).toCompletableFuture().join().value();
        Optional<Transaction> behind =
                waiting.values().stream()
                        .map(wish -> wish.dearest().transaction())
                        .filter(it -> it.nonce().value() > next)
                        .findFirst();
        behind.ifPresent(
                it ->
                        chain.bring(
                                new Transaction(
                                                key.publicKey(),
                                                new Nonce(next),
                                                it.gasPrice(),
                                                0,
                                                0,
                                                Optional.empty(),
                                                new Transfer(key.address(), Amount.ZERO))
                                        .signedBy(key, TestNetwork.ID)));
    }

    private SignedTransaction with(Transaction old, Amount price, TransactionBody body) {
        return new Transaction(
                        old.sender(),
                        old.nonce(),
                        price,
                        old.timeGasLimit(),
                        old.spaceGasLimit(),
                        Optional.empty(),
                        body)
                .signedBy(key, TestNetwork.ID);
    }
}
