package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.settlement.ledger.ChannelVectorsTest.Scene;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rows about deposits, withdrawals, snapshots and delegates. A channel that was closed is known
 * here for ever, so what others call unknown is in the wrong phase.
 */
final class ChannelChangeRows {
    private ChannelChangeRows() {}

    /** Scenes on a channel of 20 and 30 whose recorded state is number 10. */
    static Map<String, Scene> all() {
        Map<String, Scene> rows = new LinkedHashMap<>();
        deposits(rows);
        withdrawals(rows);
        snapshots(rows);
        delegates(rows);
        return rows;
    }

    private static ChannelResize grown(Deal deal, long nonce) {
        return deal.resize(nonce, 25, 35, 5, 5);
    }

    private static ChannelResize shrunk(Deal deal, long nonce) {
        return deal.resize(nonce, 15, 25, 5, 5);
    }

    private static void deposits(Map<String, Scene> rows) {
        rows.put(
                "deposit-1",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.deposit(grown(deal, 11)));
                    assertThat(deal.entry().recorded().total()).isEqualTo(Amount.of(60));
                    assertThat(deal.entry().agreed()).isEqualTo(new Nonce(11));
                    assertThat(deal.entry().forced()).isFalse();
                });
        rows.put(
                "deposit-3",
                (trial, deal) ->
                        trial.refuse(
                                Alice.KEYS,
                                deal.deposit(grown(deal, 9)),
                                ChannelRefusal.StateNotNewer.class));
        rows.put(
                "deposit-4",
                (trial, deal) -> {
                    // A channel opens with number 0 here.
                    Deal fresh = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.accept(Alice.KEYS, fresh.open());
                    trial.refuse(
                            Alice.KEYS,
                            fresh.deposit(grown(fresh, 0)),
                            ChannelRefusal.StateNotNewer.class);
                });
        rows.put(
                "deposit-6",
                (trial, deal) -> {
                    trial.accept(Bob.KEYS, deal.mutual(25, 25));
                    trial.refuse(
                            Alice.KEYS,
                            deal.deposit(grown(deal, 11)),
                            ChannelRefusal.ChannelNotIn.class);
                });
        rows.put(
                "deposit-7",
                (trial, deal) ->
                        trial.refuse(
                                Mallory.KEYS,
                                deal.deposit(grown(deal, 11)),
                                ChannelRefusal.NotParticipant.class));
        rows.put(
                "deposit-9",
                (trial, deal) -> {
                    long much = Trial.WEALTH.baseUnits();
                    trial.refuse(
                            Alice.KEYS,
                            deal.deposit(deal.resize(11, 20, 30 + much, 0, much)),
                            ChannelRefusal.PartnerFundsTooLow.class);
                });
        rows.put(
                "deposit-10",
                (trial, deal) -> {
                    Deal unknown = Deal.of(trial, Deal.terms(CloseRule.RESTART_COUNTDOWN, 2, 10));
                    trial.refuse(
                            Alice.KEYS,
                            unknown.deposit(grown(unknown, 11)),
                            ChannelRefusal.ChannelUnknown.class);
                });
    }

    private static void withdrawals(Map<String, Scene> rows) {
        rows.put("withdraw-2", withdrawing(10));
        rows.put("withdraw-3", withdrawing(9));
        rows.put(
                "withdraw-5",
                (trial, deal) -> {
                    trial.accept(Bob.KEYS, deal.solo());
                    trial.refuse(
                            Alice.KEYS,
                            deal.withdraw(shrunk(deal, 11)),
                            ChannelRefusal.ChannelNotIn.class);
                });
        rows.put(
                "withdraw-6",
                (trial, deal) -> {
                    trial.accept(Bob.KEYS, deal.mutual(25, 25));
                    trial.refuse(
                            Alice.KEYS,
                            deal.withdraw(shrunk(deal, 11)),
                            ChannelRefusal.ChannelNotIn.class);
                });
        rows.put(
                "withdraw-8",
                (trial, deal) ->
                        trial.refuse(
                                Mallory.KEYS,
                                deal.withdraw(shrunk(deal, 11)),
                                ChannelRefusal.NotParticipant.class));
        rows.put(
                "withdraw-9",
                (trial, deal) ->
                        trial.refuse(
                                Alice.KEYS,
                                deal.withdraw(deal.resize(11, 0, 0, 21, 30)),
                                ChannelRefusal.TotalDiffers.class));
    }

    private static Scene withdrawing(long nonce) {
        return (trial, deal) ->
                trial.refuse(
                        Alice.KEYS,
                        deal.withdraw(shrunk(deal, nonce)),
                        ChannelRefusal.StateNotNewer.class);
    }

    private static void snapshots(Map<String, Scene> rows) {
        rows.put(
                "snapshot-1",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.snapshot(deal.state(11, 5, 45)));
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(11));
                    assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.OPEN);
                });
        rows.put(
                "snapshot-3",
                (trial, deal) -> {
                    trial.accept(Bob.KEYS, deal.solo());
                    trial.refuse(
                            Alice.KEYS,
                            deal.snapshot(deal.state(11, 5, 45)),
                            ChannelRefusal.ChannelNotIn.class);
                });
    }

    private static void delegates(Map<String, Scene> rows) {
        rows.put(
                "slash-10",
                (trial, deal) -> {
                    trial.accept(Alice.KEYS, deal.solo());
                    trial.accept(
                            Mallory.KEYS,
                            deal.challengeFor(Bob.KEYS, 1, Mallory.ADDRESS, deal.state(11, 5, 45)));
                    assertThat(deal.entry().recorded().nonce()).isEqualTo(new Nonce(11));
                });
        rows.put(
                "fp-14",
                (trial, deal) ->
                        trial.refuse(
                                Mallory.KEYS,
                                new ChannelTransaction.ForceProgress(
                                        deal.id(),
                                        Optional.of(deal.state(42, 20, 30)),
                                        7,
                                        Bytes.EMPTY,
                                        Bytes.EMPTY,
                                        Bytes.EMPTY),
                                ChannelRefusal.NotParticipant.class));
    }
}
