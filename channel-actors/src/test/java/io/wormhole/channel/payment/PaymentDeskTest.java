package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.invoice.Invoice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaymentDeskTest {
    private static final long AMOUNT = 30;

    @Test
    void aPaymentOverThreeChannelsPaysEveryRelayItsFee() {
        DeskWorld world = new DeskWorld(4, new SplittableRandom(1));

        Invoice invoice = world.pay(AMOUNT);
        world.runUntilQuiet();

        assertThat(world.nodes.stream().mapToLong(DeskNode::gain).toArray())
                .containsExactly(-32, 1, 1, 30);
        assertThat(world.locked()).isZero();
        assertThat(state(world, invoice)).isEqualTo(OutgoingPayment.State.PAID);
        assertThat(world.nodes.get(3).book().invoice(invoice.hash()).orElseThrow().state())
                .isEqualTo(IssuedInvoice.State.PAID);
        assertThat(world.nodes.stream().map(node -> node.book().hopCount()).toList())
                .containsOnly(0);
    }

    private static OutgoingPayment.State state(DeskWorld world, Invoice invoice) {
        return world.nodes.get(0).book().payment(invoice.hash()).orElseThrow().state();
    }

    @Test
    void waysThatAreFoundTwiceArePaidOnce() {
        DeskWorld world = new DeskWorld(3, new SplittableRandom(1));
        world.timesFound = 2;

        Invoice invoice = world.pay(AMOUNT);
        world.nodes.get(0).work(100, false);

        assertThat(world.nodes.get(0).book().hopCount()).isEqualTo(1);
        world.runUntilQuiet();
        assertThat(state(world, invoice)).isEqualTo(OutgoingPayment.State.PAID);
        assertThat(world.nodes.get(0).gain()).isEqualTo(-AMOUNT - 1);
    }

    @Test
    void whateverCrashesAndIsLostAllPayOrNone() {
        int seeds = Integer.getInteger("wormhole.payment.seeds", 60);
        int paid = 0;
        for (int seed = Integer.getInteger("wormhole.payment.seed", 0); seed < seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            DeskWorld world = new DeskWorld(2 + random.nextInt(4), random);
            List<Invoice> invoices = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                invoices.add(world.pay(AMOUNT));
            }
            for (int i = 0; i < 300; i++) {
                world.somethingHappens();
                world.checkNobodyIsExposed();
            }
            world.heal();
            world.runUntilQuiet();
            if (world.locked() > 0) {
                world.passBlocks(500);
            }

            paid += check(world, invoices, seed);
        }
        assertThat(paid).isGreaterThan(seeds / 4);
    }

    // What the payer's book says of each payment is what the money says.
    private static int check(DeskWorld world, List<Invoice> invoices, int seed) {
        assertThat(world.locked()).as("seed %d: %s", seed, world).isZero();
        long relays = world.nodes.size() - 2L;
        long count =
                invoices.stream()
                        .filter(it -> state(world, it) == OutgoingPayment.State.PAID)
                        .count();
        assertThat(world.nodes.get(0).gain())
                .as("seed %d: %s", seed, world)
                .isEqualTo(-count * (AMOUNT + relays));
        for (int i = 1; i <= relays; i++) {
            assertThat(world.nodes.get(i).gain()).as("seed %d: %s", seed, world).isEqualTo(count);
        }
        assertThat(world.nodes.get(world.nodes.size() - 1).gain())
                .as("seed %d: %s", seed, world)
                .isEqualTo(count * AMOUNT);
        return (int) count;
    }
}
