package io.wormhole.channel.payment;

import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides everything about the payments of one node: takes what happened, gives back what is to be
 * stored and what is to be done afterwards. It runs without actors, clock and input or output.
 */
public final class PaymentDesk {
    private final DeskMemory memory;
    private final PayerDesk payer;
    private final PayeeDesk payee;
    private final HopDesk hops;

    /** What came of inputs: events to store first, then effects. */
    public record Outcome(List<PaymentEvent> events, List<PaymentEffect> effects) {
        /** Copies the lists. */
        public Outcome {
            events = List.copyOf(events);
            effects = List.copyOf(effects);
        }

        /** Both, this one first. */
        Outcome and(Outcome next) {
            List<PaymentEvent> bothEvents = new ArrayList<>(events);
            bothEvents.addAll(next.events());
            List<PaymentEffect> bothEffects = new ArrayList<>(effects);
            bothEffects.addAll(next.effects());
            return new Outcome(bothEvents, bothEffects);
        }
    }

    /** A desk over {@code book}, which it alone changes from here on. */
    public PaymentDesk(PaymentBook book, PaymentSettings settings, PublicKey self) {
        this.memory = new DeskMemory(book, settings, self);
        this.payer = new PayerDesk(memory);
        this.payee = new PayeeDesk(memory);
        this.hops = new HopDesk(memory, payer, payee);
    }

    /** The final height from which on the chain is to be read. */
    public Optional<BlockHeight> readFrom() {
        return memory.book.hopCount() == 0 ? Optional.empty() : memory.book.read();
    }

    /** After a start: everything under way will be looked at with the next inputs. */
    public void resume() {
        memory.book.hops().forEach(hop -> memory.due(hop.key()));
    }

    /** Takes what happened. */
    public Outcome take(List<PaymentInput> inputs) {
        inputs.forEach(this::take);
        return settle();
    }

    private Outcome settle() {
        for (Optional<Hop> next = memory.nextDue(); next.isPresent(); next = memory.nextDue()) {
            hops.advance(next.get());
        }
        memory.forgetUntouched();
        return new Outcome(memory.takeEvents(), memory.takeEffects());
    }

    private void take(PaymentInput input) {
        if (input instanceof PaymentInput.ChannelChanged changed) {
            memory.changed(changed.channel());
        } else if (input instanceof PaymentInput.ChannelMoved moved) {
            memory.moved(moved);
        } else if (input instanceof PaymentInput.ChannelSeen seen) {
            memory.saw(seen);
        } else if (input instanceof PaymentInput.ChannelSilent silent) {
            memory.silent(silent.channel());
        } else if (input instanceof PaymentInput.Answered answered) {
            hops.answered(answered);
        } else if (input instanceof PaymentInput.Unanswered unanswered) {
            hops.unanswered(unanswered.ask());
        } else if (input instanceof PaymentInput.Retry retry) {
            hops.retry(retry.key());
        } else if (input instanceof PaymentInput.Heard heard) {
            heard(heard);
        } else if (input instanceof PaymentInput.Linked linked) {
            memory.linked.add(linked.partner());
            hops.linked(linked.partner());
        } else if (input instanceof PaymentInput.Unlinked unlinked) {
            memory.linked.remove(unlinked.partner());
        } else {
            takeFromOwner(input);
        }
    }

    private void heard(PaymentInput.Heard heard) {
        if (heard.message() instanceof RelayMessage.Forward forward) {
            hops.forwarded(heard.partner(), forward);
        } else if (heard.message() instanceof RelayMessage.Failed failed) {
            hops.failed(heard.partner(), failed);
        }
    }

    private void takeFromOwner(PaymentInput input) {
        if (input instanceof PaymentInput.BlockSeen block) {
            blockSeen(block);
        } else if (input instanceof PaymentInput.FinalSeen last) {
            memory.finalHead(last.height());
            if (memory.book.hopCount() > 0 && memory.unread.isEmpty()) {
                memory.happen(new PaymentEvent.ChainRead(last.height()));
            }
        } else if (input instanceof PaymentInput.TransactionsRead read) {
            read(read);
        } else if (input instanceof PaymentInput.Issue issue) {
            payee.issue(issue);
        } else if (input instanceof PaymentInput.Pay pay) {
            payer.pay(pay);
        } else if (input instanceof PaymentInput.Await await) {
            payer.await(await);
        } else if (input instanceof PaymentInput.RoutesFound found) {
            payer.found(found);
        } else if (input instanceof PaymentInput.Read read) {
            memory.effect(new PaymentEffect.Tell(read.reader().read(memory.book)));
        } else {
            throw new IllegalStateException("no rule for " + input.getClass());
        }
    }

    private void blockSeen(PaymentInput.BlockSeen block) {
        memory.head(block.height());
        Set<Hash> ours = new LinkedHashSet<>();
        block.progressed()
                .forEach(
                        (channel, transactions) -> {
                            if (!memory.book.hopsIn(channel).isEmpty()) {
                                ours.addAll(transactions);
                            }
                        });
        // Also those that could not be read before.
        if (!ours.isEmpty()) {
            memory.unread.add(List.copyOf(ours));
        }
        memory.unread.forEach(it -> memory.effect(new PaymentEffect.ReadTransactions(it)));
        memory.book.hops().forEach(hop -> memory.due(hop.key()));
        payee.blockSeen();
        payer.proceedAll();
    }

    private void read(PaymentInput.TransactionsRead read) {
        if (read.secrets().isPresent()) {
            memory.unread.remove(read.transactions());
            for (Bytes secret : read.secrets().get()) {
                hops.shown(secret, HashTimeLock.hashOf(secret));
            }
        }
    }
}
