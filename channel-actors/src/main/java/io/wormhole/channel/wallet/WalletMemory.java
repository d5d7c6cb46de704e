package io.wormhole.channel.wallet;

import com.google.protobuf.ByteString;
import io.wormhole.channel.proto.TransactionAbandoned;
import io.wormhole.channel.proto.TransactionPrepared;
import io.wormhole.channel.proto.TransactionSettled;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.channel.proto.WalletSnapshot;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/**
 * What the wallet remembers: transactions that are not final, in the order of their nonces, cheaper
 * ones that they replaced and that may be included all the same, and the last purposes that were
 * settled, so that a repeated wish is answered instead of paid twice.
 */
record WalletMemory(
        Map<String, SignedTransaction> waiting,
        Map<String, List<SignedTransaction>> cheaper,
        Deque<TransactionSettled> settled) {
    private static final int SETTLED_KEPT = 1_000;

    static final WalletMemory EMPTY = new WalletMemory(Map.of(), Map.of(), new ArrayDeque<>());

    WalletMemory {
        waiting = Collections.unmodifiableMap(new LinkedHashMap<>(waiting));
        cheaper = Map.copyOf(cheaper);
    }

    /** What the transaction with this id offers that may serve a purpose. */
    Amount price(String purpose, Hash id) {
        return versions(purpose).stream()
                .filter(version -> version.id().equals(id))
                .map(version -> version.transaction().gasPrice())
                .findFirst()
                .orElse(Amount.ZERO);
    }

    /** All transactions that may still serve a purpose, the dearest first; one nonce for all. */
    List<SignedTransaction> versions(String purpose) {
        List<SignedTransaction> all = new ArrayList<>();
        Optional.ofNullable(waiting.get(purpose)).ifPresent(all::add);
        all.addAll(cheaper.getOrDefault(purpose, List.of()));
        return all;
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
        Map<String, List<SignedTransaction>> older = new LinkedHashMap<>(cheaper);
        switch (event.getEventCase()) {
            case PREPARED -> {
                String purpose = event.getPrepared().getPurpose();
                SignedTransaction prepared = transaction(event.getPrepared());
                older.put(purpose, sameNonce(purpose, prepared));
                next.remove(purpose);
                next.put(purpose, prepared);
            }
            case SETTLED -> next.remove(event.getSettled().getPurpose());
            case ABANDONED -> next.remove(event.getAbandoned().getPurpose());
            default -> throw new IllegalArgumentException("wallet event without content");
        }
        older.keySet().retainAll(next.keySet());
        return new WalletMemory(
                next, older, event.hasSettled() ? with(event.getSettled()) : settled);
    }

    private List<SignedTransaction> sameNonce(String purpose, SignedTransaction prepared) {
        return versions(purpose).stream()
                .filter(old -> old.transaction().nonce().equals(prepared.transaction().nonce()))
                .toList();
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
        cheaper.forEach(
                (purpose, versions) ->
                        versions.forEach(old -> out.addCheaper(prepared(purpose, old))));
        return out.build();
    }

    static WalletMemory ofSnapshot(WalletSnapshot in) {
        Map<String, SignedTransaction> waiting = new LinkedHashMap<>();
        in.getWaitingList().forEach(field -> waiting.put(field.getPurpose(), transaction(field)));
        Map<String, List<SignedTransaction>> cheaper = new LinkedHashMap<>();
        in.getCheaperList()
                .forEach(
                        field ->
                                cheaper.computeIfAbsent(
                                                field.getPurpose(), key -> new ArrayList<>())
                                        .add(transaction(field)));
        return new WalletMemory(waiting, cheaper, new ArrayDeque<>(in.getSettledList()));
    }

    static TransactionSettled settledEvent(String purpose, Hash id, BlockHeight height) {
        return TransactionSettled.newBuilder()
                .setPurpose(purpose)
                .setId(ByteString.copyFrom(id.bytes().toArray()))
                .setHeight(height.value())
                .build();
    }

    static Payment.Settled payment(TransactionSettled done) {
        return new Payment.Settled(
                done.getPurpose(),
                new Hash(Bytes.of(done.getId().toByteArray())),
                new BlockHeight(done.getHeight()));
    }

    static WalletEvent preparedEvent(String purpose, SignedTransaction signed) {
        return WalletEvent.newBuilder().setPrepared(prepared(purpose, signed)).build();
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

    /** As a snapshot holds it. */
    static SnapshotAdapter<WalletMemory> adapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(WalletMemory memory) {
                return memory.toSnapshot();
            }

            @Override
            public WalletMemory fromJournal(Object stored) {
                return WalletMemory.ofSnapshot((WalletSnapshot) stored);
            }
        };
    }
}
