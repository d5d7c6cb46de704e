package io.wormhole.runtime.order;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Permit;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderProgress;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.runtime.proto.CustomerOrder;
import io.wormhole.runtime.proto.OrderAccepted;
import java.util.Optional;

/**
 * What a customer does next about an order: pure, from the stored order and the channel. Phases:
 * {@code requested → accepted → running → complete | stopped | refused}.
 */
final class OrderRules {
    static final String REQUESTED = "requested";
    static final String ACCEPTED = "accepted";
    static final String RUNNING = "running";
    static final String COMPLETE = "complete";
    static final String STOPPED = "stopped";
    static final String REFUSED = "refused";

    private OrderRules() {}

    /** What to do. */
    sealed interface Step {
        /** Nothing now. */
        record Wait() implements Step {}

        /** Store the order as it is now. */
        record Store(CustomerOrder order) implements Step {}

        /** Ask the channel for an update. */
        record MakeOffer(Offer offer) implements Step {}
    }

    static boolean isOver(CustomerOrder order) {
        String phase = order.getPhase();
        return phase.equals(COMPLETE) || phase.equals(STOPPED) || phase.equals(REFUSED);
    }

    /** The next step. */
    static Step next(CustomerOrder order, ChannelMemory channel, NetworkId network) {
        if (isOver(order)) {
            return new Step.Wait();
        }
        if (channel instanceof Ended) {
            return new Step.Store(over(order, "the channel is closed"));
        }
        if (order.getPhase().equals(REQUESTED)) {
            return new Step.Wait();
        }
        if (channel instanceof Disputed disputed) {
            return contract(order, disputed.standing().position())
                    .<Step>map(running -> progress(order, running))
                    .orElse(new Step.Wait());
        }
        if (!(channel instanceof Open open)) {
            return new Step.Wait();
        }
        Optional<OrderProgress> running = contract(order, open.standing().position());
        if (running.isPresent()) {
            return running(order, running.get());
        }
        if (order.getPhase().equals(RUNNING)) {
            return new Step.Store(over(order, "the maker ended the order"));
        }
        return open.standing().offer().isPresent()
                ? new Step.Wait()
                : new Step.MakeOffer(escrow(order, open, network));
    }

    private static Step running(CustomerOrder order, OrderProgress running) {
        Step stored = progress(order, running);
        if (!(stored instanceof Step.Wait)) {
            return stored;
        }
        // The last cup is paid: nothing is locked any more, and the contract can go.
        return running.isComplete()
                ? new Step.MakeOffer(
                        new Offer(
                                request(order, "release"),
                                Update.of(new ChannelOperation.Release(order.getLockId())),
                                Optional.empty()))
                : new Step.Wait();
    }

    private static Step progress(CustomerOrder order, OrderProgress running) {
        boolean known =
                order.getPhase().equals(RUNNING) && order.getDelivered() == running.delivered();
        return known
                ? new Step.Wait()
                : new Step.Store(
                        order.toBuilder()
                                .setPhase(RUNNING)
                                .setDelivered(running.delivered())
                                .build());
    }

    private static Optional<OrderProgress> contract(CustomerOrder order, ChannelPosition position) {
        return position.contract(order.getLockId())
                .map(ContractInstance::state)
                .map(OrderContract::parse);
    }

    /** Escrows the first cup, and permits the maker to escrow each further one as it delivers. */
    private static Offer escrow(CustomerOrder order, Open open, NetworkId network) {
        OrderAccepted terms = order.getTerms();
        int me = open.party().me();
        Amount price = Amount.of(terms.getPricePerCupBaseUnits());
        OrderTerms contract =
                new OrderTerms(
                        network,
                        hash(order.getOrder()),
                        price,
                        order.getCount(),
                        new PublicKey(Bytes.of(terms.getAttestationKey().toByteArray())),
                        1 - me,
                        me,
                        new BlockHeight(terms.getDeadline()));
        ChannelOperation lock =
                new ChannelOperation.Lock(
                        order.getLockId(),
                        me,
                        price,
                        me,
                        OrderContract.code(),
                        OrderContract.initialState(contract),
                        OrderContract.GAS.time(),
                        OrderContract.GAS.space());
        return new Offer(
                request(order, "escrow"),
                Update.of(lock),
                Optional.of(new Permit(order.getLockId(), price, order.getCount() - 1L)));
    }

    /** Whether a maker's terms are what the customer is willing to pay. */
    static Optional<String> objection(CustomerOrder order, OrderAccepted terms) {
        if (terms.getCount() != order.getCount()) {
            return Optional.of(
                    "%d cups were ordered, %d are offered"
                            .formatted(order.getCount(), terms.getCount()));
        }
        long price = terms.getPricePerCupBaseUnits();
        if (price < 0 || price > order.getMaximumPriceBaseUnits()) {
            return Optional.of(
                    "price %s DSD per cup, at most %s DSD are offered"
                            .formatted(
                                    Amount.of(Math.max(price, 0)),
                                    Amount.of(order.getMaximumPriceBaseUnits())));
        }
        return Optional.empty();
    }

    private static CustomerOrder over(CustomerOrder order, String otherwise) {
        boolean all = order.getDelivered() == order.getCount();
        return all ? order.toBuilder().setPhase(COMPLETE).build() : stopped(order, otherwise);
    }

    static CustomerOrder stopped(CustomerOrder order, String reason) {
        return order.toBuilder().setPhase(STOPPED).setReason(reason).build();
    }

    static String request(CustomerOrder order, String what) {
        return "order/" + hash(order.getOrder()).toHex().substring(0, 16) + "/" + what;
    }

    static Hash hash(ByteString field) {
        return new Hash(Bytes.of(field.toByteArray()));
    }

    static ChannelId channel(CustomerOrder order) {
        return new ChannelId(hash(order.getChannel()));
    }

    static PublicKey maker(CustomerOrder order) {
        return new PublicKey(Bytes.of(order.getMaker().toByteArray()));
    }
}
