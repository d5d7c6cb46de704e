package io.wormhole.channel.payment;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the payments of one side ask of a channel: all that waits rides together, what was asked at
 * once is answered at once, and a batch that cannot be is tried in halves.
 */
final class AskedOfChannel {
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private final Map<String, Asked> offered = new LinkedHashMap<>();

    /** What was asked at once, and which answers are known. */
    private record Group(List<PaymentEffect.Ask> asks, Map<String, PaymentInput.Answer> answers) {}

    private record Asked(PaymentEffect.Ask ask, Group group, int company) {
        Asked in(int smaller) {
            return new Asked(ask, group, smaller);
        }
    }

    /** The requests among effects, by channel. */
    static Map<ChannelId, List<PaymentEffect.Ask>> in(List<PaymentEffect> effects) {
        Map<ChannelId, List<PaymentEffect.Ask>> asks = new LinkedHashMap<>();
        for (PaymentEffect effect : effects) {
            if (effect instanceof PaymentEffect.Ask ask) {
                asks.computeIfAbsent(ask.channel(), same -> new ArrayList<>()).add(ask);
            }
        }
        return asks;
    }

    /** Of two that ask under the same name the newer hears the answer, as long as there is none. */
    void add(List<PaymentEffect.Ask> asks) {
        Group group = new Group(asks, new LinkedHashMap<>());
        for (PaymentEffect.Ask ask : asks) {
            Asked asked = new Asked(ask, group, Update.MAXIMUM_OPERATIONS);
            if (offered.containsKey(ask.request())) {
                offered.put(ask.request(), asked);
            } else {
                waiting.add(asked);
            }
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whoever asked has forgotten it. */
    void forgetWaiting() {
        waiting.clear();
    }

    /** The channel has forgotten who asked. */
    void forgetOffered() {
        offered.clear();
    }

    /** Makes an offer of what waits, in a channel that is free. */
    void offer(Side side, Consumer<PaymentInput> told) {
        List<Asked> batch = next();
        batch.forEach(it -> offered.put(it.ask().request(), it));
        List<ChannelOperation> operations = new ArrayList<>();
        batch.forEach(it -> operations.addAll(it.ask().update().operations()));
        List<String> names = batch.stream().map(it -> it.ask().request()).toList();
        side.does(
                new ChannelAction.MakeOffer(
                        new Offer(names, new Update(operations), Optional.empty())));
        side.refusal.ifPresent(why -> notMade(names, why.message(), told));
    }

    private List<Asked> next() {
        List<Asked> batch = new ArrayList<>();
        int company = Update.MAXIMUM_OPERATIONS;
        while (!waiting.isEmpty()) {
            company = Math.min(company, waiting.element().company());
            if (batch.size() >= company || isNamed(batch, waiting.element())) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    private static boolean isNamed(List<Asked> batch, Asked asked) {
        return batch.stream().anyMatch(it -> it.ask().request().equals(asked.ask().request()));
    }

    private void notMade(List<String> requests, String reason, Consumer<PaymentInput> told) {
        if (requests.size() > 1 && offered.keySet().containsAll(requests)) {
            for (int i = requests.size() - 1; i >= 0; i--) {
                waiting.addFirst(offered.remove(requests.get(i)).in(requests.size() / 2));
            }
        } else {
            requests.forEach(it -> answer(it, new PaymentInput.Answer.Refused(reason), told));
        }
    }

    /** What the channel says of them. */
    void hear(List<Effect> effects, Consumer<PaymentInput> told) {
        List<String> dropped = new ArrayList<>();
        String reason = "";
        for (Effect effect : effects) {
            if (effect instanceof Effect.TellCompleted done) {
                var nonce = done.position().state().nonce();
                answer(done.request(), new PaymentInput.Answer.Made(nonce), told);
            } else if (effect instanceof Effect.TellDropped drop) {
                dropped.add(drop.request());
                reason = drop.reason();
            }
        }
        notMade(dropped, reason, told);
    }

    private void answer(String request, PaymentInput.Answer answer, Consumer<PaymentInput> told) {
        Asked asked = offered.remove(request);
        if (asked == null) {
            return;
        }
        Group group = asked.group();
        group.answers().put(request, answer);
        if (group.answers().size() == group.asks().size()) {
            for (PaymentEffect.Ask ask : group.asks()) {
                PaymentInput.Answer known = requireNonNull(group.answers().get(ask.request()));
                told.accept(new PaymentInput.Answered(ask, known));
            }
        }
    }
}
