package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/** One client of a watcher: what it has paid and handed over, and what is answered for it. */
final class WatchAccount
        extends EventSourcedBehavior<WatchAccount.Command, WatchAccountEvent, ClientBook> {
    /** What the actor understands. */
    sealed interface Command {}

    /** The client says something. */
    record Heard(WatchMessage message) implements Command {}

    /** The chain says this of a channel that may be the client's. */
    record Seen(ChannelId channel, ChannelAction.ChainSeen seen) implements Command {}

    /** Time has passed. */
    record Tick() implements Command {}

    private record Checked(Optional<IssuedInvoice.State> state, @Nullable Throwable failure)
            implements Command {}

    private record InvoiceMade(@Nullable Invoice invoice, @Nullable Throwable failure)
            implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 100;

    private final ActorContext<Command> context;
    private final PublicKey client;
    private final WatchOffice office;
    private final ActorRef<WatchDesk.Command> desk;
    private final ClientDefence defence;
    // What became of the open invoice is asked before terms are said.
    private boolean checking;
    private boolean renewWanted;
    // Also by what it said while this was being asked.
    private boolean asked;

    private WatchAccount(
            ActorContext<Command> context,
            PublicKey client,
            WatchOffice office,
            ActorRef<WatchDesk.Command> desk) {
        super(
                PersistenceId.of("watch-account", office.key().address() + "-" + client),
                Restarts.later());
        this.context = context;
        this.client = client;
        this.office = office;
        this.desk = desk;
        this.defence = new ClientDefence(client, office);
    }

    static Behavior<Command> create(
            PublicKey client, WatchOffice office, ActorRef<WatchDesk.Command> desk) {
        return Behaviors.setup(context -> new WatchAccount(context, client, office, desk));
    }

    @Override
    public ClientBook emptyState() {
        return ClientBook.EMPTY;
    }

    @Override
    public CommandHandler<Command, WatchAccountEvent, ClientBook> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Heard.class, this::heard)
                .onCommand(Seen.class, this::seen)
                .onCommand(Tick.class, this::tick)
                .onCommand(Checked.class, this::checked)
                .onCommand(InvoiceMade.class, this::invoiceMade)
                .build();
    }

    private Effect<WatchAccountEvent, ClientBook> heard(ClientBook book, Heard heard) {
        desk.tell(new WatchDesk.Taken(client));
        if (heard.message() instanceof WatchMessage.Ask ask) {
            renewWanted |= ask.renew();
            asked = true;
            check(book);
            return Effect().none();
        } else if (heard.message() instanceof WatchMessage.Hold hold) {
            return hold(book, hold);
        } else if (heard.message() instanceof WatchMessage.Drop drop) {
            return book.held().containsKey(drop.hint()) ? drop(drop.hint()) : Effect().none();
        } else if (heard.message() instanceof WatchMessage.Fetch fetch) {
            say(
                    new WatchMessage.Held(
                            fetch.hint(), Optional.ofNullable(book.held().get(fetch.hint()))));
        }
        return Effect().none();
    }

    private void say(WatchMessage message) {
        office.world().say(client, message);
    }

    // ---- states ---------------------------------------------------------------------------------

    private Effect<WatchAccountEvent, ClientBook> hold(ClientBook book, WatchMessage.Hold hold) {
        Instant now = office.world().now();
        Optional<WatchMessage.Refused> objection = book.objection(hold, office.terms(), now);
        if (objection.isPresent()) {
            say(objection.get());
            return Effect().none();
        }
        Instant until = book.servedUntil(office.terms()).orElse(now);
        WatchMessage receipt =
                new WatchMessage.Receipt(
                        WatchReceipt.sign(hold, until, office.key(), office.network()));
        if (hold.equals(book.held().get(hold.hint()))) {
            say(receipt);
            return Effect().none();
        }
        boolean isNew = !book.held().containsKey(hold.hint());
        return Effect()
                .persist(WatchAccountEvent.newBuilder().setStored(WatchCodec.hold(hold)).build())
                .thenRun(
                        after -> {
                            if (isNew) {
                                index(after);
                            }
                            say(receipt);
                        });
    }

    private void index(ClientBook book) {
        desk.tell(new WatchDesk.Indexed(client, book.held().keySet()));
    }

    private Effect<WatchAccountEvent, ClientBook> drop(Hash hint) {
        context.getLog().info("client {}: {} is dropped: the client wants it", client, hint);
        return Effect().persist(ClientBook.dropped(hint)).thenRun(this::index);
    }

    // ---- the chain ------------------------------------------------------------------------------

    private Effect<WatchAccountEvent, ClientBook> seen(ClientBook book, Seen seen) {
        List<WatchAccountEvent> notes = defence.seen(book, seen.channel(), seen.seen());
        return notes.isEmpty()
                ? Effect().none()
                : Effect().persist(notes).thenRun(after -> indexIfDropped(book, after));
    }

    private void indexIfDropped(ClientBook before, ClientBook after) {
        if (after.held().size() != before.held().size()) {
            index(after);
        }
    }

    // ---- money ----------------------------------------------------------------------------------

    private void check(ClientBook book) {
        if (checking) {
            return;
        }
        checking = true;
        if (book.invoice().isEmpty()) {
            context.getSelf().tell(new Checked(Optional.empty(), null));
            return;
        }
        context.pipeToSelf(
                office.world().invoiceState(book.invoice().get().hash()),
                (state, failure) ->
                        new Checked(failure == null ? state : Optional.empty(), failure));
    }

    private Effect<WatchAccountEvent, ClientBook> checked(ClientBook book, Checked checked) {
        checking = false;
        if (checked.failure() != null) {
            context.getLog().warn("client {}: invoice not read: {}", client, checked.failure());
            return Effect().none();
        }
        boolean paid =
                checked.state()
                        .filter(
                                state ->
                                        state == IssuedInvoice.State.PAID
                                                || state == IssuedInvoice.State.ACCEPTED)
                        .isPresent();
        boolean open = checked.state().filter(IssuedInvoice.State.OPEN::equals).isPresent();
        if (paid && book.invoice().isPresent()) {
            WatchAccountEvent event =
                    book.paid(book.invoice().get(), office.terms(), office.world().now());
            return Effect().persist(event).thenRun(after -> continueWith(after, Optional.empty()));
        }
        Optional<Invoice> invoice = open ? book.invoice() : Optional.empty();
        if (!asked && !book.isServed(office.terms(), office.world().now())) {
            return lapse(book, invoice.isPresent());
        }
        continueWith(book, invoice);
        return Effect().none();
    }

    private void continueWith(ClientBook book, Optional<Invoice> open) {
        if (!asked) {
            return;
        }
        boolean renew = renewWanted;
        asked = false;
        renewWanted = false;
        if (!renew || open.isPresent()) {
            sayTerms(book, open);
        } else if (!book.mayRenew(office.terms(), office.world().now())) {
            say(
                    new WatchMessage.Refused(
                            Optional.empty(),
                            "paid-ahead",
                            "watching is paid for long enough already",
                            0));
        } else {
            checking = true;
            context.pipeToSelf(
                    office.world().invoice(office.terms().price(), "watching of channels"),
                    InvoiceMade::new);
        }
    }

    private Effect<WatchAccountEvent, ClientBook> invoiceMade(ClientBook book, InvoiceMade made) {
        checking = false;
        Invoice invoice = made.invoice();
        if (invoice == null) {
            context.getLog().warn("client {}: no invoice: {}", client, made.failure());
            say(
                    new WatchMessage.Refused(
                            Optional.empty(), "busy", "no invoice now: ask again soon", 0));
            return Effect().none();
        }
        return Effect()
                .persist(
                        WatchAccountEvent.newBuilder()
                                .setInvoiced(WatchCodec.bytes(invoice.encoded()))
                                .build())
                .thenRun(after -> sayTerms(after, Optional.of(invoice)));
    }

    private void sayTerms(ClientBook book, Optional<Invoice> invoice) {
        say(
                new WatchMessage.Terms(
                        office.terms(),
                        book.paidUntil(),
                        book.held().size(),
                        invoice.map(Invoice::toText)));
    }

    private Effect<WatchAccountEvent, ClientBook> tick(ClientBook book, Tick tick) {
        if (!book.isServed(office.terms(), office.world().now())) {
            check(book);
        }
        return Effect().none();
    }

    private Effect<WatchAccountEvent, ClientBook> lapse(ClientBook book, boolean mayStillPay) {
        if (book.held().isEmpty()) {
            if (!mayStillPay) {
                desk.tell(new WatchDesk.Idle(client));
            }
            return Effect().none();
        }
        return Effect()
                .persist(WatchAccountEvent.newBuilder().setLapsed(true).build())
                .thenRun(
                        after -> {
                            index(after);
                            say(
                                    new WatchMessage.Refused(
                                            Optional.empty(),
                                            "unpaid",
                                            "nothing is watched any more: "
                                                    + after.unpaid(office.terms()),
                                            0));
                        });
    }

    // ---- storage --------------------------------------------------------------------------------

    @Override
    public EventHandler<ClientBook, WatchAccountEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(ClientBook::after);
    }

    @Override
    public SignalHandler<ClientBook> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (book, signal) -> {
                            checking = false;
                            index(book);
                        })
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        // What is replaced is gone: the store of a client does not grow with its updates.
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public SnapshotAdapter<ClientBook> snapshotAdapter() {
        return ClientBook.adapter();
    }
}
