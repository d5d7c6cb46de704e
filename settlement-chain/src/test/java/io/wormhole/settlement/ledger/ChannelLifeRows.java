package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.StepsOnChain;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.settlement.ledger.ChannelVectorsTest.Scene;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rows about opening, closing, disputes and forced steps. */
final class ChannelLifeRows {
    private ChannelLifeRows() {}

    /** Scenes on a channel of 20 and 30 whose recorded state is number 10. */
    static Map<String, Scene> all() {
        Map<String, Scene> rows = new LinkedHashMap<>();
        opening(rows);
        closing(rows);
        challenging(rows);
        settling(rows);
        forcing(rows);
        return rows;
    }

    /** A lock of one unit by some contract. */
    static ContractLock anyLock() {
        Hash any = Alice.ADDRESS.hash();
        return new ContractLock(7, any, any, Amount.of(1), 0, 1, 1);
    }

    private static CoSignedState signedByAliceAlone(Trial trial, Deal deal, long nonce) {
        CoSignedState good = deal.state(nonce, 20, 30);
        return new CoSignedState(
                good.state(),
                List.of(
                        good.signatures().get(0),
                        Deal.sign(
                                Mallory.KEYS,
                                DomainTag.CHANNEL_STATE,
                                trial.network(),
                                good.state())));
    }

    private static Scene refusing(
            KeyPair who, Function<Deal, TransactionBody> body, Class<? extends Refusal> why) {
        return (trial, deal) -> trial.refuse(who, body.apply(deal), why);
    }

    private static void opening(Map<String, Scene> rows) {
        rows.put(
                "create-1",
                (trial, deal) -> {
                    assertThat(deal.entry().recorded().total()).isEqualTo(Amount.of(50));
                    assertThat(trial.balance(Bob.ADDRESS))
                            .isEqualTo(Trial.WEALTH.minus(Amount.of(30)));
                });
        rows.put(
                "create-2",
                (trial, deal) -> {
                    trial.replace(
                            trial.ledger()
                                    .withAccountAt(
                                            LedgerKeys.account(Bob.ADDRESS), Optional.empty()));
                    Deal other = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(Alice.KEYS, other.open(), ChannelRefusal.PartnerFundsTooLow.class);
                });
        rows.put(
                "create-4",
                (trial, deal) -> {
                    trial.replace(
                            trial.ledger()
                                    .withAccount(
                                            Alice.ADDRESS,
                                            new AccountEntry(
                                                    Amount.of(20),
                                                    new Nonce(1),
                                                    new BlockHeight(10))));
                    Deal other = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(Alice.KEYS, other.open(), Refusal.FundsTooLow.class);
                });
        rows.put(
                "create-5",
                (trial, deal) ->
                        trial.refuse(
                                Alice.KEYS,
                                Deal.of(
                                                trial,
                                                new ChannelTerms(
                                                        deal.terms().participants(),
                                                        10,
                                                        CloseRule.RESTART_COUNTDOWN,
                                                        Amount.of(21),
                                                        Hash.ZERO))
                                        .open(),
                                ChannelRefusal.ReserveNotCovered.class));
        rows.put("create-7", refusing(Bob.KEYS, Deal::open, ChannelRefusal.ChannelIdUsed.class));
    }

    private static void closing(Map<String, Scene> rows) {
        rows.put(
                "mutual-2",
                refusing(
                        Alice.KEYS,
                        deal -> deal.mutual(20, 31),
                        ChannelRefusal.TotalDiffers.class));
        rows.put(
                "mutual-4",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.accept(Bob.KEYS, deal.mutual(25, 25));
                });
        rows.put(
                "mutual-5",
                (trial, deal) -> {
                    trial.accept(Bob.KEYS, deal.mutual(25, 25));
                    trial.refuse(Bob.KEYS, deal.mutual(25, 25), ChannelRefusal.ChannelNotIn.class);
                });
        rows.put(
                "close_solo-2",
                (trial, deal) -> {
                    Deal other = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(
                            Alice.KEYS,
                            deal.solo(other.state(11, 20, 30)),
                            ChannelRefusal.NotCoSigned.class);
                });
        rows.put(
                "close_solo-3",
                (trial, deal) ->
                        trial.refuse(
                                Alice.KEYS,
                                deal.solo(signedByAliceAlone(trial, deal, 11)),
                                ChannelRefusal.NotCoSigned.class));
        rows.put(
                "close_solo-5",
                refusing(
                        Alice.KEYS,
                        deal -> deal.solo(deal.state(11, 20, 31)),
                        ChannelRefusal.TotalDiffers.class));
        rows.put(
                "close_solo-6",
                refusing(
                        Alice.KEYS,
                        deal -> deal.solo(deal.state(10, 20, 30)),
                        ChannelRefusal.StateNotNewer.class));
        rows.put(
                "close_solo-8",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.refuse(Bob.KEYS, deal.solo(), ChannelRefusal.ChannelNotIn.class);
                });
        rows.put(
                "close_solo-9",
                refusing(Mallory.KEYS, Deal::solo, ChannelRefusal.NotParticipant.class));
        rows.put(
                "close_solo-11",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(10));
                });
    }

    private static void challenging(Map<String, Scene> rows) {
        rows.put(
                "slash-1",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15).accept(Bob.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    assertThat(deal.entry().recorded()).isEqualTo(deal.state(11, 5, 45).state());
                    assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
                });
        rows.put(
                "slash-3",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.refuse(
                            Bob.KEYS,
                            deal.challenge(signedByAliceAlone(trial, deal, 11)),
                            ChannelRefusal.NotCoSigned.class);
                });
        rows.put("slash-6", challengeWith(10, Bob.KEYS, ChannelRefusal.StateNotNewer.class));
        rows.put("slash-7", challengeWith(9, Bob.KEYS, ChannelRefusal.StateNotNewer.class));
        rows.put("slash-9", challengeWith(11, Mallory.KEYS, ChannelRefusal.NotParticipant.class));
        rows.put(
                "slash-12",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(50).accept(Bob.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(60));
                });
        rows.put(
                "slash-13",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.accept(Alice.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    trial.accept(Bob.KEYS, deal.challenge(deal.state(12, 5, 45)));
                });
    }

    private static Scene challengeWith(long nonce, KeyPair who, Class<? extends Refusal> why) {
        return (trial, deal) -> {
            trial.accept(Alice.KEYS, deal.solo());
            trial.refuse(who, deal.challenge(deal.state(nonce, 20, 30)), why);
        };
    }

    private static void settling(Map<String, Scene> rows) {
        rows.put(
                "settle-2",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.finalise(100);
                    trial.at(19)
                            .refuse(Bob.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
                });
        rows.put(
                "settle-3",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15).accept(Bob.KEYS, deal.challenge(deal.state(11, 5, 45)));
                    trial.finalise(100);
                    trial.at(24)
                            .refuse(Bob.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
                    trial.at(25).accept(Bob.KEYS, deal.settle());
                });
        rows.put("settle-6", refusing(Bob.KEYS, Deal::settle, ChannelRefusal.ChannelNotIn.class));
    }

    private static void forcing(Map<String, Scene> rows) {
        // The steps themselves are in ForcedProgressTest; here is what they leave behind.
        rows.put(
                "fp-1",
                (trial, deal) -> {
                    force(trial, deal, 42, 43);
                    assertThat(deal.entry().agreed()).isEqualTo(new Nonce(42));
                    assertThat(deal.entry().forced()).isTrue();
                });
        rows.put(
                "fp-4",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15);
                    force(trial, deal, 42, 43);
                    assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
                });
        rows.put(
                "fp-5",
                (trial, deal) -> {
                    force(trial, deal, 42, 47);
                    trial.accept(Bob.KEYS, deal.solo(deal.state(43, 1, 49)));
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(43));
                });
        rows.put(
                "fp-7",
                (trial, deal) -> {
                    force(trial, deal, 42, 43);
                    force(trial, deal, 42, 44);
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(44));
                });
        rows.put(
                "fp-10",
                (trial, deal) ->
                        trial.refuse(
                                Mallory.KEYS,
                                new ChannelTransaction.ForceProgress(
                                        deal.id(),
                                        Optional.empty(),
                                        7,
                                        Bytes.EMPTY,
                                        Bytes.EMPTY,
                                        Bytes.EMPTY),
                                ChannelRefusal.NotParticipant.class));
        rows.put(
                "fp-13",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.at(15);
                    force(trial, deal, 42, 43);
                    trial.finalise(100);
                    trial.at(20)
                            .refuse(Bob.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
                });
    }

    /** Puts on the chain what forced steps from {@code agreed} to {@code nonce} record. */
    static void force(Trial trial, Deal deal, long agreed, long nonce) {
        Draft draft = new Draft(trial.ledger(), trial.context(), Alice.ADDRESS);
        Channels.Recorded recorded =
                new Channels.Recorded(
                        deal.state(nonce, 20, 29, anyLock()).state(),
                        new Nonce(agreed),
                        StepsOnChain.NONE);
        ForcedProgress.record(deal.id(), deal.entry(), recorded, draft);
        trial.replace(draft.ledger());
    }
}
