package io.wormhole.runtime.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.runtime.proto.CustomerOrder;
import io.wormhole.runtime.proto.OrderAccepted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a customer does next about an order of two cups for 1.5 DSD each. */
final class OrderRulesTest {
    private static final Amount PRICE = Amount.parse("1.5");
    private static final int COUNT = 2;
    private static final ByteString ID = ByteString.copyFrom(new byte[Hash.SIZE]);
    private static final long LOCK = 1L << 60;

    private final OrderChannel channel = new OrderChannel();
    private CustomerOrder order =
            CustomerOrder.newBuilder()
                    .setOrder(ID)
                    .setCount(COUNT)
                    .setLockId(LOCK)
                    .setMaximumPriceBaseUnits(PRICE.baseUnits())
                    .setPhase(OrderRules.REQUESTED)
                    .build();

    @Test
    void nothingIsLockedBeforeTheMakerAccepts() {
        assertThat(next()).isInstanceOf(OrderRules.Step.Wait.class);
    }

    @Test
    void acceptedOrderLocksTheFirstCupAndPermitsTheOthers() {
        accept();

        OrderRules.Step.MakeOffer escrow = (OrderRules.Step.MakeOffer) next();

        assertThat(escrow.offer().permit().orElseThrow().lockId()).isEqualTo(LOCK);
        channel.sign(escrow.offer().update());
        assertThat(channel.balances())
                .containsExactly(OrderChannel.DEPOSIT.minus(PRICE), Amount.ZERO);
    }

    @Test
    void sameQuestionGivesTheSameOffer() {
        accept();

        assertThat(next()).isEqualTo(next());
    }

    @Test
    void deliveriesAreFollowedUntilTheContractIsReleased() {
        accept();
        channel.sign(((OrderRules.Step.MakeOffer) next()).offer().update());
        storeNext();
        assertThat(order.getPhase()).isEqualTo(OrderRules.RUNNING);
        assertThat(next()).isInstanceOf(OrderRules.Step.Wait.class);

        channel.sign(delivery(1, true));
        storeNext();
        assertThat(order.getDelivered()).isEqualTo(1);
        channel.sign(delivery(2, false));
        storeNext();
        assertThat(order.getDelivered()).isEqualTo(2);
        channel.sign(((OrderRules.Step.MakeOffer) next()).offer().update());
        storeNext();

        assertThat(order.getPhase()).isEqualTo(OrderRules.COMPLETE);
        assertThat(channel.locks()).isZero();
        assertThat(channel.balances().get(1)).isEqualTo(PRICE.times(COUNT));
        assertThat(next()).isInstanceOf(OrderRules.Step.Wait.class);
    }

    @Test
    void contractThatGoesEarlyStopsTheOrder() {
        accept();
        channel.sign(((OrderRules.Step.MakeOffer) next()).offer().update());
        storeNext();
        channel.sign(Update.of(new ChannelOperation.Release(LOCK)));

        storeNext();

        assertThat(order.getPhase()).isEqualTo(OrderRules.STOPPED);
        assertThat(order.getReason()).contains("maker");
    }

    @Test
    void closedChannelStopsAnOrderInEveryPhase() {
        Ended closed = new Ended(OrderChannel.party(0), List.of(OrderChannel.DEPOSIT, Amount.ZERO));
        for (String phase :
                List.of(OrderRules.REQUESTED, OrderRules.ACCEPTED, OrderRules.RUNNING)) {
            CustomerOrder open = order.toBuilder().setPhase(phase).build();

            OrderRules.Step step = OrderRules.next(open, closed, TestNetwork.ID);

            assertThat(((OrderRules.Step.Store) step).order().getPhase())
                    .isEqualTo(OrderRules.STOPPED);
        }
    }

    @Test
    void closedChannelCompletesAnOrderThatWasDelivered() {
        Ended closed = new Ended(OrderChannel.party(0), List.of(OrderChannel.DEPOSIT, Amount.ZERO));
        CustomerOrder delivered =
                order.toBuilder().setPhase(OrderRules.RUNNING).setDelivered(COUNT).build();

        OrderRules.Step step = OrderRules.next(delivered, closed, TestNetwork.ID);

        assertThat(((OrderRules.Step.Store) step).order().getPhase())
                .isEqualTo(OrderRules.COMPLETE);
    }

    @Test
    void dearerOrFewerCupsThanWantedAreObjectedTo() {
        OrderAccepted good = terms();

        assertThat(OrderRules.objection(order, good)).isEmpty();
        assertThat(
                        OrderRules.objection(
                                order,
                                good.toBuilder()
                                        .setPricePerCupBaseUnits(PRICE.baseUnits() + 1)
                                        .build()))
                .get()
                .asString()
                .contains("at most 1.5");
        assertThat(
                        OrderRules.objection(
                                order, good.toBuilder().setPricePerCupBaseUnits(-1).build()))
                .isPresent();
        assertThat(OrderRules.objection(order, good.toBuilder().setCount(1).build()))
                .get()
                .asString()
                .contains("2 cups were ordered");
    }

    private OrderRules.Step next() {
        return OrderRules.next(order, channel.seenByCustomer(), TestNetwork.ID);
    }

    private void storeNext() {
        order = ((OrderRules.Step.Store) next()).order();
    }

    private void accept() {
        order = order.toBuilder().setPhase(OrderRules.ACCEPTED).setTerms(terms()).build();
    }

    private static OrderAccepted terms() {
        return OrderAccepted.newBuilder()
                .setOrder(ID)
                .setPricePerCupBaseUnits(PRICE.baseUnits())
                .setCount(COUNT)
                .setAttestationKey(ByteString.copyFrom(Alice.KEYS.publicKey().bytes().toArray()))
                .setDeadline(1_000)
                .build();
    }

    private static Update delivery(int cup, boolean more) {
        ChannelOperation step =
                new ChannelOperation.Step(
                        LOCK,
                        1,
                        new BlockHeight(5),
                        OrderContract.deliver(
                                cup,
                                OrderContract.attest(
                                        Alice.KEYS, TestNetwork.ID, OrderRules.hash(ID), cup)));
        ChannelOperation topUp = new ChannelOperation.TopUp(LOCK, 0, PRICE);
        return new Update(more ? List.of(step, topUp) : List.of(step));
    }
}
