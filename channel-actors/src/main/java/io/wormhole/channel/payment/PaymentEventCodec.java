package io.wormhole.channel.payment;

import com.google.protobuf.ByteString;
import io.wormhole.channel.hop.HopPayment;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.proto.HopField;
import io.wormhole.channel.proto.HopKeyField;
import io.wormhole.channel.proto.PaymentEvents;
import io.wormhole.channel.wire.Fields;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@link PaymentEvent} to protobuf and back. */
public final class PaymentEventCodec {
    private PaymentEventCodec() {}

    /** Several events that count together. */
    public static PaymentEvents encode(List<PaymentEvent> events) {
        PaymentEvents.Builder out = PaymentEvents.newBuilder();
        events.forEach(event -> out.addEvents(encode(event)));
        return out.build();
    }

    /** The events. */
    public static List<PaymentEvent> decode(PaymentEvents stored) {
        return stored.getEventsList().stream().map(PaymentEventCodec::decode).toList();
    }

    private static io.wormhole.channel.proto.PaymentEvent encode(PaymentEvent event) {
        io.wormhole.channel.proto.PaymentEvent.Builder out =
                io.wormhole.channel.proto.PaymentEvent.newBuilder();
        if (event instanceof PaymentEvent.HopBegun begun) {
            out.setHopBegun(hop(begun.hop()));
        } else if (event instanceof PaymentEvent.HopAsked asked) {
            out.setHopAsked(key(asked.key()));
        } else if (event instanceof PaymentEvent.HopLocked locked) {
            out.setHopLocked(key(locked.key()));
        } else if (event instanceof PaymentEvent.HopKnows knows) {
            out.setHopKnows(key(knows.key())).setSecret(Fields.bytes(knows.secret()));
            knows.incomingExpiry().ifPresent(it -> out.setIncomingExpiry(it.value()));
        } else if (event instanceof PaymentEvent.HopFailed failed) {
            out.setHopFailed(key(failed.key()));
        } else if (event instanceof PaymentEvent.HopOver over) {
            out.setHopOver(key(over.key())).setPaid(over.paid());
        } else if (event instanceof PaymentEvent.ChainRead read) {
            out.setChainRead(read.finalHeight().value());
        } else {
            encodePayment(event, out);
        }
        return out.build();
    }

    private static void encodePayment(
            PaymentEvent event, io.wormhole.channel.proto.PaymentEvent.Builder out) {
        if (event instanceof PaymentEvent.InvoiceIssued issued) {
            out.setInvoiceIssued(Fields.bytes(issued.invoice()))
                    .setSecret(Fields.bytes(issued.secret()));
        } else if (event instanceof PaymentEvent.InvoiceAccepted accepted) {
            out.setInvoiceAccepted(Fields.bytes(accepted.hash().bytes()));
        } else if (event instanceof PaymentEvent.InvoiceClosed closed) {
            out.setInvoiceClosed(Fields.bytes(closed.hash().bytes())).setPaid(closed.paid());
        } else if (event instanceof PaymentEvent.PaymentBegun begun) {
            out.setPaymentBegun(Fields.bytes(begun.invoice()))
                    .setAmountBaseUnits(begun.maximumFee().baseUnits())
                    .setPart(begun.firstPart());
        } else if (event instanceof PaymentEvent.PaymentPaid paid) {
            out.setPaymentPaid(Fields.bytes(paid.hash().bytes()))
                    .setSecret(Fields.bytes(paid.secret()))
                    .setAmountBaseUnits(paid.fees().baseUnits());
        } else if (event instanceof PaymentEvent.PaymentFailed failed) {
            out.setPaymentFailed(Fields.bytes(failed.hash().bytes())).setReason(failed.reason());
        } else {
            throw new IllegalStateException("no stored form of " + event.getClass());
        }
    }

    private static PaymentEvent decode(io.wormhole.channel.proto.PaymentEvent in) {
        return switch (in.getEventCase()) {
            case HOP_BEGUN -> new PaymentEvent.HopBegun(hop(in.getHopBegun()));
            case HOP_ASKED -> new PaymentEvent.HopAsked(key(in.getHopAsked()));
            case HOP_LOCKED -> new PaymentEvent.HopLocked(key(in.getHopLocked()));
            case HOP_KNOWS ->
                    new PaymentEvent.HopKnows(
                            key(in.getHopKnows()),
                            Fields.bytes(in.getSecret()),
                            expiry(in.getIncomingExpiry()));
            case HOP_FAILED -> new PaymentEvent.HopFailed(key(in.getHopFailed()));
            case HOP_OVER -> new PaymentEvent.HopOver(key(in.getHopOver()), in.getPaid());
            case CHAIN_READ -> new PaymentEvent.ChainRead(new BlockHeight(in.getChainRead()));
            default -> decodePayment(in);
        };
    }

    private static PaymentEvent decodePayment(io.wormhole.channel.proto.PaymentEvent in) {
        return switch (in.getEventCase()) {
            case INVOICE_ISSUED ->
                    new PaymentEvent.InvoiceIssued(
                            invoice(in.getInvoiceIssued()), Fields.bytes(in.getSecret()));
            case INVOICE_ACCEPTED ->
                    new PaymentEvent.InvoiceAccepted(Fields.hash(in.getInvoiceAccepted()));
            case INVOICE_CLOSED ->
                    new PaymentEvent.InvoiceClosed(
                            Fields.hash(in.getInvoiceClosed()), in.getPaid());
            case PAYMENT_BEGUN ->
                    new PaymentEvent.PaymentBegun(
                            invoice(in.getPaymentBegun()),
                            Amount.of(in.getAmountBaseUnits()),
                            in.getPart());
            case PAYMENT_PAID ->
                    new PaymentEvent.PaymentPaid(
                            Fields.hash(in.getPaymentPaid()),
                            Fields.bytes(in.getSecret()),
                            Amount.of(in.getAmountBaseUnits()));
            case PAYMENT_FAILED ->
                    new PaymentEvent.PaymentFailed(
                            Fields.hash(in.getPaymentFailed()), in.getReason());
            default -> throw new IllegalArgumentException("payment event without content");
        };
    }

    private static Invoice invoice(ByteString field) {
        return CanonicalReader.decode(Fields.bytes(field), Invoice::readFrom);
    }

    private static HopKeyField key(Hop.Key key) {
        return HopKeyField.newBuilder()
                .setRole(key.role().number())
                .setHash(Fields.bytes(key.hash().bytes()))
                .setPart(key.part())
                .setChannel(Fields.bytes(key.channel()))
                .build();
    }

    private static Hop.Key key(HopKeyField field) {
        return new Hop.Key(
                role(field.getRole()),
                Fields.hash(field.getHash()),
                field.getPart(),
                Fields.channel(field.getChannel()));
    }

    private static Hop.Role role(int number) {
        return Arrays.stream(Hop.Role.values())
                .filter(role -> role.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no role " + number));
    }

    private static HopField hop(Hop hop) {
        HopPayment payment = hop.payment();
        HopField.Builder field =
                HopField.newBuilder()
                        .setRole(hop.role().number())
                        .setPart(hop.part())
                        .setHash(Fields.bytes(hop.hash().bytes()))
                        .addAllRest(RelayCodec.legs(hop.rest()))
                        .setDeliversBaseUnits(hop.delivers().baseUnits())
                        .setAsked(hop.asked())
                        .setLocked(payment.locked())
                        .setFailed(payment.failed());
        payment.incoming().ifPresent(in -> incoming(in, field));
        payment.outgoing()
                .ifPresent(
                        out ->
                                field.setOutgoingLock(out.lockId())
                                        .setOutgoing(
                                                RelayCodec.legs(
                                                                List.of(
                                                                        new RelayLeg(
                                                                                out.channel(),
                                                                                out.amount(),
                                                                                out.expiry())))
                                                        .get(0)));
        payment.secret().ifPresent(secret -> field.setSecret(Fields.bytes(secret)));
        return field.build();
    }

    private static void incoming(HopPayment.Incoming in, HopField.Builder field) {
        field.setIncomingChannel(Fields.bytes(in.channel())).setIncomingLock(in.lockId());
        in.expiry().ifPresent(it -> field.setIncomingExpiry(it.value()));
    }

    private static Optional<HopPayment.Incoming> incoming(HopField field) {
        return field.getIncomingChannel().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new HopPayment.Incoming(
                                Fields.channel(field.getIncomingChannel()),
                                field.getIncomingLock(),
                                expiry(field.getIncomingExpiry())));
    }

    private static Optional<BlockHeight> expiry(long field) {
        return field == 0 ? Optional.empty() : Optional.of(new BlockHeight(field));
    }

    private static Hop hop(HopField field) {
        Optional<Bytes> secret =
                field.getSecret().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Fields.bytes(field.getSecret()));
        HopPayment payment =
                new HopPayment(
                        Fields.hash(field.getHash()),
                        incoming(field),
                        field.hasOutgoing() ? Optional.of(outgoing(field)) : Optional.empty(),
                        secret,
                        field.getLocked(),
                        field.getFailed());
        return new Hop(
                role(field.getRole()),
                field.getPart(),
                payment,
                RelayCodec.legsOf(field.getRestList()),
                Amount.of(field.getDeliversBaseUnits()),
                field.getAsked());
    }

    private static HopPayment.Outgoing outgoing(HopField field) {
        RelayLeg leg = RelayCodec.legsOf(List.of(field.getOutgoing())).get(0);
        return new HopPayment.Outgoing(
                leg.channel(), field.getOutgoingLock(), leg.amount(), leg.expiry());
    }
}
