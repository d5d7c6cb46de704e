package io.wormhole.channel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChannelGraphTest {
    private ChannelGraph graph = ChannelGraph.of(List.of());

    private static PublicKey node(int number) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) number;
        return KeyPair.ofSeed(Bytes.of(seed)).publicKey();
    }

    private static ChannelId channel(int number) {
        return new ChannelId(Hash.of(DomainTag.CHANNEL_ID, Bytes.of((byte) number)));
    }

    private void add(int channel, int from, int to, long most, long baseFee, long perMillion) {
        AnnouncedChannel added =
                new AnnouncedChannel(
                        channel(channel),
                        node(from),
                        node(to),
                        Amount.of(most),
                        Amount.of(baseFee),
                        perMillion,
                        50);
        // Some are known from the start, others change what is known.
        graph =
                channel % 2 == 0
                        ? graph.with(List.of(added))
                        : ChannelGraph.of(graph.with(List.of(added)).channels());
    }

    private Optional<Route> find(int from, int to, long amount) {
        return graph.find(
                new ChannelGraph.Wish(
                        node(from), node(to), Amount.of(amount), new BlockHeight(1_000), 60),
                Set.of());
    }

    private static List<ChannelId> channels(Route route) {
        return route.legs().stream().map(leg -> leg.channel().channel()).toList();
    }

    @Test
    void amountsAndExpiriesAreComputedFromThePayeeBackwards() {
        add(1, 1, 2, 10_000, 9, 0);
        add(2, 2, 3, 10_000, 5, 1_000);
        add(3, 3, 4, 10_000, 7, 0);

        Route route = find(1, 4, 1_000).orElseThrow();

        assertThat(route.legs().stream().map(leg -> leg.amount().baseUnits()))
                .containsExactly(1_000L + 7 + 5 + 2, 1_000L + 7, 1_000L);
        assertThat(route.legs().stream().map(leg -> leg.expiry().value()))
                .containsExactly(1_160L, 1_110L, 1_060L);
        assertThat(route.fees()).isEqualTo(Amount.of(14));
    }

    @Test
    void theCheapestWayIsTaken() {
        add(1, 1, 2, 10_000, 0, 0);
        add(2, 2, 4, 10_000, 500, 0);
        add(3, 2, 3, 10_000, 5, 0);
        add(4, 3, 4, 10_000, 5, 0);

        assertThat(channels(find(1, 4, 100).orElseThrow()))
                .containsExactly(channel(1), channel(3), channel(4));
    }

    @Test
    void aChannelThatIsTooSmallWithItsFeesIsNotTaken() {
        add(1, 1, 2, 105, 0, 0);
        add(2, 2, 4, 1_000, 10, 0);
        add(3, 1, 3, 1_000, 0, 0);
        add(4, 3, 4, 1_000, 20, 0);

        assertThat(channels(find(1, 4, 100).orElseThrow())).containsExactly(channel(3), channel(4));
        assertThat(channels(find(1, 4, 95).orElseThrow())).containsExactly(channel(1), channel(2));
    }

    @Test
    void aFeeBeyondAllMoneyCannotBeAnnounced() {
        assertThatThrownBy(() -> add(1, 1, 2, 1_000, Long.MAX_VALUE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base fee");
    }

    @Test
    void feesThatAddUpToMoreThanAllMoneyAreNoWay() {
        long half = Long.MAX_VALUE / 2 + 1;
        for (int i = 1; i <= 5; i++) {
            add(i, i, i + 1, Long.MAX_VALUE, 0, 1_000_000);
        }

        assertThat(find(1, 3, half)).isEmpty();
        assertThat(find(1, 6, Long.MAX_VALUE / 8)).isEmpty();
        assertThat(find(1, 6, 1)).isPresent();
    }

    @Test
    void whatFailedIsAvoidedAndNoWayIsAnAnswer() {
        add(1, 1, 4, 1_000, 0, 0);
        add(2, 4, 1, 1_000, 0, 0);
        ChannelGraph.Wish wish =
                new ChannelGraph.Wish(node(1), node(4), Amount.of(5), BlockHeight.ZERO, 60);

        assertThat(graph.find(wish, Set.of())).isPresent();
        assertThat(graph.find(wish, Set.of(channel(1)))).isEmpty();
        assertThat(find(1, 9, 5)).isEmpty();
        assertThat(find(1, 1, 5)).isEmpty();
    }

    @Test
    void whatIsUsedUpOrKnownBetterReplacesWhatWasKnown() {
        add(1, 1, 4, 1_000, 0, 0);
        ChannelGraph.Wish wish =
                new ChannelGraph.Wish(node(1), node(4), Amount.of(600), BlockHeight.ZERO, 60);
        Route route = graph.find(wish, Set.of()).orElseThrow();
        AnnouncedChannel full = route.legs().get(0).channel();

        assertThat(graph.without(route).find(wish, Set.of())).isEmpty();
        assertThat(graph.without(route).with(List.of(full)).find(wish, Set.of())).isPresent();
        assertThat(graph.without(route).channels()).containsExactly(full.withMost(Amount.of(400)));
        assertThat(graph.channels()).containsExactly(full);
    }

    @Test
    void everyWayThatIsFoundPaysAllRelaysAndGivesThemTime() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 60; i++) {
            int from = 1 + random.nextInt(12);
            int to = 1 + random.nextInt(12);
            if (from != to) {
                add(
                        i,
                        from,
                        to,
                        random.nextInt(5_000),
                        random.nextInt(20),
                        random.nextInt(100_000));
            }
        }
        int found = 0;
        for (int i = 0; i < 200; i++) {
            Optional<Route> route =
                    find(1 + random.nextInt(12), 1 + random.nextInt(12), random.nextInt(3_000) + 1);
            if (route.isPresent()) {
                found++;
                List<Route.Leg> legs = route.get().legs();
                for (int at = 0; at < legs.size(); at++) {
                    Route.Leg leg = legs.get(at);
                    assertThat(leg.channel().most().covers(leg.amount())).isTrue();
                    if (at > 0) {
                        assertThat(legs.get(at - 1).amount())
                                .isEqualTo(leg.amount().plus(leg.channel().fee(leg.amount())));
                    }
                }
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void aRouteThatStealsFromARelayCannotBeMade() {
        AnnouncedChannel first =
                new AnnouncedChannel(
                        channel(1), node(1), node(2), Amount.of(9), Amount.ZERO, 0, 50);
        AnnouncedChannel second =
                new AnnouncedChannel(
                        channel(2), node(2), node(3), Amount.of(9), Amount.ZERO, 0, 50);
        Route.Leg before = new Route.Leg(first, Amount.of(5), new BlockHeight(10));

        for (Route.Leg bad :
                List.of(
                        new Route.Leg(second, Amount.of(6), new BlockHeight(9)),
                        new Route.Leg(second, Amount.of(5), new BlockHeight(10)),
                        new Route.Leg(first, Amount.of(5), new BlockHeight(9)))) {
            assertThatThrownBy(() -> new Route(List.of(before, bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
