package io.wormhole.runtime.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.duty.Purse;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Alice's purse: it notes what is to be brought, and brings questions to a chain in memory. */
final class RecordingPurse implements Purse {
    private static final int SECONDS = 20;

    private final FakeSettlement chain;
    private final BlockingQueue<TransactionBody> brought = new LinkedBlockingQueue<>();
    private final List<Hash> evidence = new CopyOnWriteArrayList<>();
    private final Map<OracleId, Answer> blockVotes = new ConcurrentHashMap<>();

    RecordingPurse(FakeSettlement chain) {
        this.chain = chain;
    }

    @Override
    public Address address() {
        return Alice.ADDRESS;
    }

    @Override
    public CompletionStage<Brought> bring(
            String purpose, TransactionBody body, Optional<Hash> dataHash) {
        dataHash.ifPresent(evidence::add);
        brought.add(body);
        if (!(body instanceof OracleTransaction.Ask)) {
            return new CompletableFuture<>();
        }
        SignedTransaction asking =
                Transaction.of(Alice.KEYS.publicKey(), new Nonce(1), FakeSettlement.GAS_PRICE, body)
                        .signedBy(Alice.KEYS, chain.network());
        return chain.submit(asking)
                .thenApply(
                        submission -> {
                            chain.mineFinal(1);
                            return new Brought.Final(asking.id());
                        });
    }

    @Override
    public void voteWithBlocks(OracleId oracle, Answer answer) {
        blockVotes.put(oracle, answer);
    }

    /** What is brought next. */
    TransactionBody next() {
        try {
            return Objects.requireNonNull(
                    brought.poll(SECONDS, TimeUnit.SECONDS), "nothing was brought");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    void expectNothing(Duration span) {
        try {
            assertThat(brought.poll(span.toMillis(), TimeUnit.MILLISECONDS)).isNull();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    List<Hash> evidence() {
        return evidence;
    }

    Map<OracleId, Answer> blockVotes() {
        return blockVotes;
    }
}
