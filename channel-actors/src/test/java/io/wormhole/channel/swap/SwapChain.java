package io.wormhole.channel.swap;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.HeardStep;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One of the two networks of a swap: a chain with the channel of Alice and Bob. */
final class SwapChain {
    static final long DEPOSIT = 1_000;
    static final int COUNTDOWN = 260;
    private static final Amount SPIKE = Amount.of(1_000);
    private static final Amount BRIBE = Amount.of(2_000);

    final ChannelTerms terms;
    final ChannelId id;
    final FakeSettlement chain;
    private final List<Bytes> shown = new ArrayList<>();

    SwapChain(int salt, CloseRule rule) {
        this.terms =
                new ChannelTerms(
                        List.of(
                                new Participant(Alice.KEYS.publicKey(), Amount.of(DEPOSIT)),
                                new Participant(Bob.KEYS.publicKey(), Amount.of(DEPOSIT))),
                        COUNTDOWN,
                        rule,
                        Amount.ZERO,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) salt)));
        this.id = terms.id(TestNetwork.ID);
        this.chain =
                new FakeSettlement(
                        TestNetwork.ID,
                        Map.of(
                                Alice.ADDRESS, Amount.of(1L << 50),
                                Bob.ADDRESS, Amount.of(1L << 50)),
                        new ChannelLedger(TestNetwork.ID, new VmContracts()));
        submit(
                Alice.KEYS,
                new ChannelTransaction.Open(
                        terms,
                        List.of(
                                Alice.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS, TestNetwork.ID, terms.encoded()),
                                Bob.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS, TestNetwork.ID, terms.encoded()))),
                false);
        chain.mineFinal(1);
    }

    BlockHeight height() {
        return chain.state(Certainty.TENTATIVE).height();
    }

    ChannelEntry entry(Certainty certainty) {
        return Objects.requireNonNull(chain.state(certainty).channels().get(id));
    }

    List<Bytes> shown() {
        return shown;
    }

    /** What waits and shows a secret: anyone may look. */
    List<Bytes> waitingSecrets() {
        return secrets(chain.waiting().stream().map(it -> it.transaction().body()).toList());
    }

    private static List<Bytes> secrets(List<?> bodies) {
        return bodies.stream()
                .filter(ChannelTransaction.ForceProgress.class::isInstance)
                .map(it -> new HeardStep(0, ((ChannelTransaction.ForceProgress) it).message()))
                .flatMap(it -> it.secret().stream())
                .toList();
    }

    void spike(boolean on) {
        chain.setLeastPrice(on ? SPIKE : Amount.ZERO);
    }

    void mine(long lockId) {
        Optional<ContractLock> before = entry(Certainty.TENTATIVE).recorded().lock(lockId);
        int included = chain.included().size();
        chain.mine();
        Optional<ContractLock> after = entry(Certainty.TENTATIVE).recorded().lock(lockId);
        if (!before.equals(after)) {
            shown.addAll(
                    secrets(
                            chain.included().stream()
                                    .skip(included)
                                    .map(it -> it.transaction().body())
                                    .toList()));
        }
    }

    /** Lets a side see the chain and do what it owes it. */
    void look(Side side, KeyPair key) {
        side.knowsHeight(height());
        side.does(
                new ChannelAction.ChainSeen(
                        Optional.of(entry(Certainty.TENTATIVE)),
                        Optional.of(entry(Certainty.FINAL)),
                        height(),
                        chain.state(Certainty.FINAL).height()));
        for (Effect.Submit wanted : side.told(Effect.Submit.class)) {
            submit(key, wanted.body(), wanted.timeGasLimit(), wanted.spaceGasLimit(), false);
        }
        side.effects.removeIf(Effect.Submit.class::isInstance);
    }

    void submit(KeyPair key, TransactionBody body, boolean first) {
        submit(key, body, 1_000_000, 100_000, first);
    }

    private void submit(
            KeyPair key, TransactionBody body, long timeGas, long spaceGas, boolean first) {
        boolean waits =
                chain.waiting().stream()
                        .filter(it -> it.transaction().sender().equals(key.publicKey()))
                        .anyMatch(it -> it.transaction().body().equals(body));
        if (waits) {
            return;
        }
        Transaction transaction =
                new Transaction(
                        key.publicKey(),
                        chain.nextNonce(key.address()).toCompletableFuture().join(),
                        first ? BRIBE : chain.gasPrice(),
                        timeGas,
                        spaceGas,
                        Optional.empty(),
                        body);
        chain.submit(transaction.signedBy(key, TestNetwork.ID)).toCompletableFuture().join();
    }
}
