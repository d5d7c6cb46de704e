package io.wormhole.channel.payment;

import io.wormhole.channel.route.Route;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The payments of this node: finds ways, tries others when a part fails, knows when it is over. */
final class PayerDesk {
    private static final int MOST_TRIES = 40;

    private final DeskMemory memory;
    private final Map<Hash, Course> courses = new HashMap<>();

    /** What was found out about a payment since the start. */
    private static final class Course {
        private final Set<ChannelId> avoided = new HashSet<>();
        private Optional<Route> only = Optional.empty();
        private boolean searching;
        private boolean stuck;
        private String reason = "no way was found";
    }

    PayerDesk(DeskMemory memory) {
        this.memory = memory;
    }

    private Course course(Hash hash) {
        return courses.computeIfAbsent(hash, same -> new Course());
    }

    void pay(PaymentInput.Pay pay) {
        Hash hash = pay.invoice().hash();
        Optional<OutgoingPayment> known = memory.book.payment(hash);
        if (known.filter(it -> it.state() == OutgoingPayment.State.PAID).isPresent()) {
            OutgoingPayment paid = known.get();
            memory.effect(new PaymentEffect.Tell(() -> pay.listener().over(paid)));
            return;
        }
        Optional<String> objection = objection(pay);
        if (objection.isPresent()) {
            memory.effect(new PaymentEffect.Tell(() -> pay.listener().refused(objection.get())));
            return;
        }
        memory.listeners.computeIfAbsent(hash, same -> new ArrayList<>()).add(pay.listener());
        if (known.filter(it -> it.state() == OutgoingPayment.State.UNDER_WAY).isPresent()) {
            return;
        }
        courses.remove(hash);
        course(hash).only = pay.route();
        int firstPart = known.map(OutgoingPayment::nextPart).orElse(0);
        memory.happen(new PaymentEvent.PaymentBegun(pay.invoice(), pay.maximumFee(), firstPart));
        proceed(hash);
    }

    /** Somebody who waited before a restart waits on. */
    void await(PaymentInput.Await await) {
        Optional<OutgoingPayment> known = memory.book.payment(await.hash());
        PaymentInput.PaymentListener listener = await.listener();
        if (known.isEmpty()) {
            memory.effect(
                    new PaymentEffect.Tell(
                            () -> listener.refused("the payment was not begun: ask for it again")));
        } else if (known.get().state() == OutgoingPayment.State.UNDER_WAY) {
            memory.listeners.computeIfAbsent(await.hash(), same -> new ArrayList<>()).add(listener);
        } else {
            OutgoingPayment over = known.get();
            memory.effect(new PaymentEffect.Tell(() -> listener.over(over)));
        }
    }

    private Optional<String> objection(PaymentInput.Pay pay) {
        if (!pay.invoice().isOpenAt(memory.height())) {
            return Optional.of(
                    "the invoice was to be paid before height %s, it is %s: ask for a new one"
                            .formatted(pay.invoice().expiresAt(), memory.height()));
        }
        boolean own = pay.invoice().payee().equals(memory.self);
        return own && pay.route().isEmpty()
                ? Optional.of("the invoice is from this node itself")
                : Optional.empty();
    }

    /** Looks for ways for what is not under way. */
    void proceed(Hash hash) {
        Optional<OutgoingPayment> payment =
                memory.book
                        .payment(hash)
                        .filter(it -> it.state() == OutgoingPayment.State.UNDER_WAY);
        Course course = course(hash);
        if (payment.isEmpty() || course.searching) {
            return;
        }
        List<Hop> parts = parts(hash);
        if (parts.stream().anyMatch(part -> part.payment().secret().isPresent())) {
            return;
        }
        Amount left = missing(payment.get(), parts);
        if (left.isZero()) {
            return;
        }
        if (course.stuck || payment.get().nextPart() >= MOST_TRIES) {
            giveUpWhenEmpty(hash, course, parts);
            return;
        }
        if (course.only.isPresent()) {
            Route route = course.only.get();
            course.only = Optional.empty();
            course.stuck = true;
            begin(payment.get(), List.of(route));
            return;
        }
        course.searching = true;
        memory.effect(new PaymentEffect.FindRoutes(wish(payment.get(), parts, left, course)));
    }

    private PaymentEffect.RouteWish wish(
            OutgoingPayment payment, List<Hop> parts, Amount left, Course course) {
        return new PaymentEffect.RouteWish(
                payment.invoice(),
                left,
                feeLeft(payment, parts),
                Math.max(1, memory.settings.mostParts() - parts.size()),
                course.avoided,
                memory.height());
    }

    private static Amount feeLeft(OutgoingPayment payment, List<Hop> parts) {
        Amount spent = Amount.sum(parts.stream().map(PayerDesk::fee).toList());
        return payment.maximumFee().covers(spent) ? payment.maximumFee().minus(spent) : Amount.ZERO;
    }

    private static Amount fee(Hop part) {
        return part.payment().outgoing().orElseThrow().amount().minus(part.delivers());
    }

    private List<Hop> parts(Hash hash) {
        return memory.book.hopsOf(hash).stream()
                .filter(hop -> hop.role() == Hop.Role.PAYER)
                .toList();
    }

    private static Amount missing(OutgoingPayment payment, List<Hop> parts) {
        Amount underWay = Amount.sum(parts.stream().map(Hop::delivers).toList());
        Amount wanted = payment.invoice().amount();
        return wanted.covers(underWay) ? wanted.minus(underWay) : Amount.ZERO;
    }

    private void giveUpWhenEmpty(Hash hash, Course course, List<Hop> parts) {
        if (parts.isEmpty()) {
            memory.happen(new PaymentEvent.PaymentFailed(hash, course.reason));
            finish(hash);
        }
    }

    /** Ways were found: for a search of this desk, or for one from before a restart. */
    void found(PaymentInput.RoutesFound found) {
        Course course = courses.get(found.hash());
        if (course == null || !course.searching) {
            return;
        }
        course.searching = false;
        Optional<OutgoingPayment> payment = memory.book.payment(found.hash());
        if (payment.isEmpty() || payment.get().state() != OutgoingPayment.State.UNDER_WAY) {
            return;
        }
        if (!fits(payment.get(), found.routes())) {
            proceed(found.hash());
            return;
        }
        // After a start the links need a moment; the next block tries again.
        course.stuck = found.routes().isEmpty() && memory.isWarm();
        begin(payment.get(), found.routes());
        if (course.stuck) {
            proceed(found.hash());
        }
    }

    // What is locked beyond the amount, the payee may take as well.
    private boolean fits(OutgoingPayment payment, List<Route> routes) {
        List<Hop> parts = parts(payment.hash());
        Amount fees = Amount.sum(routes.stream().map(Route::fees).toList());
        Amount delivered = Amount.sum(routes.stream().map(Route::delivers).toList());
        return missing(payment, parts).covers(delivered)
                && feeLeft(payment, parts).covers(fees)
                && parts.stream().allMatch(part -> part.payment().secret().isEmpty());
    }

    private void begin(OutgoingPayment payment, List<Route> routes) {
        int part = payment.nextPart();
        for (Route route : routes) {
            List<RelayLeg> legs =
                    route.legs().stream()
                            .map(
                                    leg ->
                                            new RelayLeg(
                                                    leg.channel().channel(),
                                                    leg.amount(),
                                                    leg.expiry()))
                            .toList();
            memory.begin(Hop.payer(payment.hash(), part, legs));
            part++;
        }
    }

    void partOver(Hop part, boolean paid, Optional<PaymentFailure> failure) {
        if (paid) {
            return;
        }
        Course course = course(part.hash());
        failure.ifPresent(it -> course.reason = it.code() + ": " + it.reason());
        boolean lastWord =
                failure.filter(
                                it ->
                                        it.code() == FailureCode.UNKNOWN_PAYMENT
                                                || it.code() == FailureCode.INCOMPLETE)
                        .isPresent();
        if (lastWord) {
            course.stuck = true;
        } else {
            ChannelId blamed =
                    failure.flatMap(PaymentFailure::channel)
                            .orElseGet(
                                    () ->
                                            part.rest().isEmpty()
                                                    ? part.outgoing().orElseThrow()
                                                    : part.rest().get(0).channel());
            course.avoided.add(blamed);
        }
        proceed(part.hash());
    }

    void shown(Hash hash, Bytes secret) {
        Optional<OutgoingPayment> payment =
                memory.book
                        .payment(hash)
                        .filter(it -> it.state() == OutgoingPayment.State.UNDER_WAY);
        if (payment.isPresent()) {
            Amount fees = Amount.sum(parts(hash).stream().map(PayerDesk::fee).toList());
            memory.happen(new PaymentEvent.PaymentPaid(hash, secret, fees));
            finish(hash);
        }
    }

    private void finish(Hash hash) {
        courses.remove(hash);
        OutgoingPayment over = memory.book.payment(hash).orElseThrow();
        List<PaymentInput.PaymentListener> told = memory.listeners.remove(hash);
        if (told != null) {
            told.forEach(
                    listener -> memory.effect(new PaymentEffect.Tell(() -> listener.over(over))));
        }
    }

    /** After a restart, and at every block: what is not under way is tried again. */
    void proceedAll() {
        memory.book.openPayments().forEach(this::proceed);
    }
}
