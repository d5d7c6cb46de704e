package io.wormhole.channel.wallet;

import io.wormhole.channel.proto.TransactionAbandoned;
import io.wormhole.channel.proto.TransactionPrepared;
import io.wormhole.channel.proto.TransactionSettled;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.channel.proto.WalletSnapshot;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the wallet remembers: transactions that are not final, in the order of their nonces, and the
 * last purposes that were settled, so that a repeated wish is answered instead of paid twice.
 */
record WalletMemory(Map<String, SignedTransaction> waiting, Deque<TransactionSettled> settled) {
    private static final int SETTLED_KEPT = 1_000;

    static final WalletMemory EMPTY = new WalletMemory(Map.of(), new ArrayDeque<>());

    WalletMemory {
        waiting = Collections.unmodifiableMap(new LinkedHashMap<>(waiting));
    }

    Optional<TransactionSettled> settled(String purpose) {
        return settled.stream().filter(done -> done.getPurpose().equals(purpose)).findFirst();
    }

    /** The first nonce from {@code from} on that no waiting transaction has. */
    Nonce freeNonce(Nonce from) {
        Nonce free = from;
        while (isTaken(free)) {
            free = free.next();
        }
        return free;
    }

    /** Whether nothing has the nonce {@code next}, and something waits for it to be used. */
    boolean waitsBehind(Nonce next) {
        return !isTaken(next)
                && waiting.values().stream()
                        .anyMatch(later -> later.transaction().nonce().isAfter(next));
    }

    private boolean isTaken(Nonce nonce) {
        return waiting.values().stream()
                .anyMatch(transaction -> transaction.transaction().nonce().equals(nonce));
    }

    WalletMemory after(WalletEvent event) {
        Map<String, SignedTransaction> next = new LinkedHashMap<>(waiting);
        switch (event.getEventCase()) {
            case PREPARED -> {
                next.remove(event.getPrepared().getPurpose());
                next.put(event.getPrepared().getPurpose(), transaction(event.getPrepared()));
            }
            case SETTLED -> next.remove(event.getSettled().getPurpose());
            case ABANDONED -> next.remove(event.getAbandoned().getPurpose());
            default -> throw new IllegalArgumentException("wallet event without content");
        }
        return new WalletMemory(next, event.hasSettled() ? with(event.getSettled()) : settled);
    }

    private Deque<TransactionSettled> with(TransactionSettled done) {
        Deque<TransactionSettled> next = new ArrayDeque<>(settled);
        next.addFirst(done);
        if (next.size() > SETTLED_KEPT) {
            next.removeLast();
        }
        return next;
    }

    WalletSnapshot toSnapshot() {
        WalletSnapshot.Builder out = WalletSnapshot.newBuilder().addAllSettled(settled);
        waiting.forEach((purpose, transaction) -> out.addWaiting(prepared(purpose, transaction)));
        return out.build();
    }

    static WalletMemory ofSnapshot(WalletSnapshot in) {
        Map<String, SignedTransaction> waiting = new LinkedHashMap<>();
        in.getWaitingList().forEach(field -> waiting.put(field.getPurpose(), transaction(field)));
        return new WalletMemory(waiting, new ArrayDeque<>(in.getSettledList()));
    }

    static TransactionPrepared prepared(String purpose, SignedTransaction transaction) {
        return TransactionPrepared.newBuilder()
                .setPurpose(purpose)
                .setTransaction(
                        com.google.protobuf.ByteString.copyFrom(transaction.encoded().toArray()))
                .build();
    }

    static TransactionAbandoned abandoned(String purpose, String code, String reason) {
        return TransactionAbandoned.newBuilder()
                .setPurpose(purpose)
                .setCode(code)
                .setReason(reason)
                .build();
    }

    private static SignedTransaction transaction(TransactionPrepared field) {
        return SignedTransaction.decode(Bytes.of(field.getTransaction().toByteArray()));
    }
}
