package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.Route;
import java.util.List;
import java.util.Locale;

/** Invoices, payments and routes as JSON. */
public final class PaymentViews {
    private PaymentViews() {}

    static ObjectNode invoice(IssuedInvoice issued) {
        return invoice(issued.invoice())
                .put("state", issued.state().name().toLowerCase(Locale.ROOT));
    }

    /** What an invoice says. */
    public static ObjectNode invoice(Invoice invoice) {
        ObjectNode view =
                Json.object()
                        .put("hash", invoice.hash().toHex())
                        .put("invoice", invoice.toText())
                        .put("payee", invoice.payee().toString())
                        .put("expiresAt", invoice.expiresAt().value())
                        .put("description", invoice.description());
        return Json.putAmount(view, "amount", invoice.amount());
    }

    static ObjectNode payment(OutgoingPayment payment) {
        ObjectNode view =
                Json.object()
                        .put("hash", payment.hash().toHex())
                        .put("state", state(payment))
                        .put("payee", payment.invoice().payee().toString())
                        .put("description", payment.invoice().description());
        Json.putAmount(view, "amount", payment.invoice().amount());
        Json.putAmount(view, "fees", payment.fees());
        payment.secret().ifPresent(secret -> view.put("receipt", secret.toHex()));
        if (!payment.reason().isEmpty()) {
            view.put("reason", payment.reason());
        }
        return view;
    }

    private static String state(OutgoingPayment payment) {
        return switch (payment.state()) {
            case UNDER_WAY -> "under way";
            case PAID -> "paid";
            case FAILED -> "failed";
        };
    }

    static ObjectNode routes(List<Route> routes) {
        ArrayNode parts = Json.array();
        for (Route route : routes) {
            ObjectNode part = parts.addObject();
            Json.putAmount(part, "fees", route.fees());
            ArrayNode legs = part.putArray("legs");
            for (Route.Leg leg : route.legs()) {
                ObjectNode view =
                        legs.addObject()
                                .put("channel", leg.channel().channel().toString())
                                .put("from", leg.channel().payer().toString())
                                .put("to", leg.channel().payee().toString())
                                .put("expiresAt", leg.expiry().value());
                Json.putAmount(view, "amount", leg.amount());
            }
        }
        return Json.object().set("parts", parts);
    }

    static ObjectNode announced(AnnouncedChannel channel) {
        ObjectNode view =
                Json.object()
                        .put("channel", channel.channel().toString())
                        .put("from", channel.payer().toString())
                        .put("to", channel.payee().toString())
                        .put("feePerMillion", channel.feePerMillion())
                        .put("expiryBlocks", channel.expiryBlocks());
        Json.putAmount(view, "most", channel.most());
        return Json.putAmount(view, "baseFee", channel.baseFee());
    }
}
