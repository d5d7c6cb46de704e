package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelLedger;
import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.SettlementHead;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * A client that pays and is paid, a link that loses, a watcher that crashes, a partner that closes
 * in any old state, a chain that reorganises, and at the end a client that is dead.
 */
class WatchSimulationTest {
    private static final int RUNS = Integer.getInteger("wormhole.watch.runs", 150);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theChannelEndsInNoOlderStateThanTheLastReceiptWhateverHappens() {
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed);
            run.live();
            run.bobCheats();
            run.awaitEnd();

            assertThat(run.end().recorded().nonce().value())
                    .as("seed " + seed)
                    .isGreaterThanOrEqualTo(run.receipted);
            assertThat(run.answers()).as("seed " + seed).isLessThanOrEqualTo(1);
        }
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static final class Run {
        private final Random random;
        private final ChannelTerms terms;
        private final ChannelId channel;
        private final FakeSettlement chain;
        private final WatchRules rules = new WatchRules(TestNetwork.ID, Watching.TOWER.address());
        private final List<CoSignedState> states = new ArrayList<>();
        private final Handover handover = new Handover();
        // What is stored survives; the rest of the watcher is rebuilt from it.
        private ClientBook book =
                ClientBook.EMPTY.after(
                        ClientBook.EMPTY.paid(Watching.invoice(1), Watching.TERMS, NOW));
        private final Map<String, SignedTransaction> wallet = new HashMap<>();
        private long receipted;

        Run(int seed) {
            random = new Random(seed);
            terms =
                    Watching.terms(
                            random.nextBoolean()
                                    ? CloseRule.CLOSE_AT_ONCE
                                    : CloseRule.RESTART_COUNTDOWN);
            channel = terms.id(TestNetwork.ID);
            Amount rich = Amount.of(10_000_000);
            chain =
                    new FakeSettlement(
                            TestNetwork.ID,
                            Map.of(
                                    Alice.ADDRESS,
                                    rich,
                                    Bob.ADDRESS,
                                    rich,
                                    Watching.TOWER.address(),
                                    rich),
                            new ChannelLedger(TestNetwork.ID, new VmContracts()));
            List<KeyPair> both = List.of(Alice.KEYS, Bob.KEYS);
            submit(
                    Alice.KEYS,
                    new ChannelTransaction.Open(
                            terms,
                            both.stream()
                                    .map(
                                            key ->
                                                    key.sign(
                                                            DomainTag.CHANNEL_TERMS,
                                                            TestNetwork.ID,
                                                            terms.encoded()))
                                    .toList()));
            chain.mineFinal(1);
        }

        private SignedTransaction submit(KeyPair who, TransactionBody body) {
            SignedTransaction signed =
                    new Transaction(
                                    who.publicKey(),
                                    now(chain.nextNonce(who.address())),
                                    FakeSettlement.GAS_PRICE,
                                    0,
                                    0,
                                    Optional.empty(),
                                    body)
                            .signedBy(who, TestNetwork.ID);
            now(chain.submit(signed));
            return signed;
        }

        void live() {
            int steps = random.nextInt(40);
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> update();
                    case 1 -> handOver();
                    case 2 -> handover.again();
                    default -> book = ClientBook.ofSnapshot(book.toSnapshot());
                }
            }
        }

        private void update() {
            long nonce = states.size() + 1L;
            states.add(Watching.state(terms, nonce, random.nextInt(200)));
            handover.newest(channel, nonce, NOW);
        }

        // The state or its receipt may be lost, and old ones may come again.
        private void handOver() {
            if (handover.next().isEmpty()) {
                return;
            }
            boolean repeated = random.nextInt(5) == 0;
            int which = repeated ? random.nextInt(states.size()) : states.size() - 1;
            WatchMessage.Hold hold =
                    WatchPacking.pack(
                            Watching.alice(terms),
                            states.get(which),
                            Alice.KEYS,
                            Watching.TOWER.publicKey(),
                            Watching.RANDOM);
            handover.sent(channel, hold);
            boolean arrives = random.nextInt(4) > 0;
            if (!arrives || book.objection(hold, Watching.TERMS, NOW).isPresent()) {
                return;
            }
            book =
                    book.after(
                            WatchAccountEvent.newBuilder()
                                    .setStored(WatchCodec.hold(hold))
                                    .build());
            if (random.nextInt(4) > 0) {
                handover.confirmed(hold.hint(), NOW);
                receipted = Math.max(receipted, hold.number());
            }
        }

        void bobCheats() {
            Optional<CoSignedState> shown =
                    states.isEmpty() || random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(states.get(random.nextInt(states.size())));
            submit(Bob.KEYS, new ChannelTransaction.CloseSolo(channel, shown));
            chain.mine();
        }

        private ChannelAction.ChainSeen seen() {
            SettlementHead head = now(chain.head());
            return new ChannelAction.ChainSeen(
                    now(chain.channel(channel, Certainty.TENTATIVE)),
                    now(chain.channel(channel, Certainty.FINAL)),
                    head.height(),
                    head.finalHeight());
        }

        private void watch() {
            WatchMessage.Hold held = book.held().get(WatchSeal.hint(channel, 0));
            if (held == null) {
                return;
            }
            WatchRules.Verdict verdict =
                    rules.judge(
                            Alice.KEYS.publicKey(), channel, Watching.open(held, terms), seen());
            if (verdict instanceof WatchRules.Submit submit) {
                SignedTransaction before = wallet.get(submit.purpose());
                if (before == null) {
                    wallet.put(submit.purpose(), submit(Watching.TOWER, submit.body()));
                } else if (now(chain.transaction(before.id()))
                        instanceof TransactionStatus.Unknown) {
                    now(chain.submit(before));
                }
            }
        }

        private boolean isOver() {
            return now(chain.channel(channel, Certainty.FINAL))
                    .filter(entry -> entry.phase() == ChannelEntry.Phase.CLOSED)
                    .isPresent();
        }

        void awaitEnd() {
            for (int block = 0; block < 60 && !isOver(); block++) {
                if (block < 6 && random.nextInt(3) == 0) {
                    chain.reorganise(1, false);
                }
                if (random.nextInt(8) > 0) {
                    watch();
                } else {
                    book = ClientBook.ofSnapshot(book.toSnapshot());
                }
                submit(Bob.KEYS, new ChannelTransaction.Settle(channel));
                chain.mine();
                if (block >= 6) {
                    chain.finalise();
                }
            }
            assertThat(isOver()).isTrue();
        }

        ChannelEntry end() {
            return now(chain.channel(channel, Certainty.FINAL)).orElseThrow();
        }

        long answers() {
            return chain.included().stream()
                    .filter(
                            one ->
                                    one.transaction().body()
                                            instanceof ChannelTransaction.ChallengeFor)
                    .count();
        }
    }
}
