package io.wormhole.channel.payment;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.Announcement;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.channel.route.Route;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Settlement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The door to the actors of this package: everything that is told and asked. */
public final class PaymentRequests {
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(20);

    private final ActorSystem<?> system;
    private final ActorRef<Payments.Command> payments;
    private final ActorRef<Announcements.Command> announcements;
    private final KnownGraph graph = new KnownGraph();

    /** Starts the payments of {@code key}. */
    public PaymentRequests(ActorSystem<?> system, KeyPair key, Settlement settlement, Start start) {
        this.system = system;
        this.announcements =
                system.systemActorOf(
                        Announcements.create(
                                key,
                                settlement,
                                start.clock(),
                                (partner, news) -> start.world().say(partner, List.of(news)),
                                graph),
                        "channel-announcements",
                        Props.empty());
        this.payments =
                system.systemActorOf(
                        Payments.create(
                                new PaymentEntity.Owner(key.publicKey(), start.settings()),
                                start.world()),
                        "payments",
                        Props.empty());
    }

    /** What payments start with. */
    public record Start(PaymentSettings settings, PaymentWorld world, InstantSource clock) {}

    /** Something happened. */
    public void happened(PaymentInput input) {
        payments.tell(new Payments.Give(input));
        if (input instanceof PaymentInput.Linked up) {
            announcements.tell(new Announcements.Linked(up.partner()));
        } else if (input instanceof PaymentInput.Unlinked down) {
            announcements.tell(new Announcements.Unlinked(down.partner()));
        }
    }

    /** A neighbour announces a channel. */
    public void heard(PublicKey partner, Announcement announcement) {
        announcements.tell(new Announcements.Heard(partner, announcement, 0));
    }

    /** This node relays into this channel. */
    public void announce(AnnouncedChannel channel) {
        announcements.tell(new Announcements.Announce(channel));
    }

    /** A channel is over. */
    public void closed(ChannelId channel) {
        announcements.tell(new Announcements.Closed(channel));
    }

    /** There is a new head. */
    public void block() {
        announcements.tell(new Announcements.Block());
    }

    /** All channels that relay, as far as is known. */
    public CompletionStage<ChannelGraph> graph() {
        Optional<ChannelGraph> known = graph.newest();
        return known.isPresent()
                ? CompletableFuture.completedFuture(known.get())
                : AskPattern.ask(
                        announcements, Announcements.Read::new, ASK_TIMEOUT, system.scheduler());
    }

    /** Stores an invoice and its secret; the invoice may be handed out when that is done. */
    public CompletionStage<Invoice> issue(Invoice invoice, Bytes secret) {
        CompletableFuture<Invoice> stored = new CompletableFuture<>();
        happened(new PaymentInput.Issue(invoice, secret, () -> stored.complete(invoice)));
        return stored.orTimeout(ASK_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Pays; complete when it is paid or has failed, which may take until the invoice expires. */
    public CompletionStage<OutgoingPayment> pay(
            Invoice invoice, Amount maximumFee, Optional<Route> route) {
        CompletableFuture<OutgoingPayment> result = new CompletableFuture<>();
        happened(
                new PaymentInput.Pay(
                        invoice,
                        maximumFee,
                        route,
                        new PaymentInput.PaymentListener() {
                            @Override
                            public void over(OutgoingPayment payment) {
                                result.complete(payment);
                            }

                            @Override
                            public void refused(String reason) {
                                result.completeExceptionally(new PaymentNotPossible(reason));
                            }
                        }));
        return result;
    }

    /** Reads from the book. */
    public <T> CompletionStage<T> read(Function<PaymentBook, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        happened(
                new PaymentInput.Read(
                        book -> {
                            T found = question.apply(book);
                            return () -> answer.complete(found);
                        }));
        return answer.orTimeout(ASK_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
