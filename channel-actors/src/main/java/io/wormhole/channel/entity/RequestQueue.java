package io.wormhole.channel.entity;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Refusal;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests that wait for their channel, and those that ride in the update under way. Whatever waits
 * when the channel becomes free rides together in one update. A batch that cannot be is halved,
 * until the request at fault is alone; only that one is refused.
 *
 * <p>Not stored: whoever still waits after a restart asks again under the same name, and joins what
 * the channel still wants.
 */
final class RequestQueue {
    static final int MAXIMUM_WAITING = 100_000;

    /** What rides together has at most this many bytes, far below the size of a frame. */
    static final int MAXIMUM_BATCH_BYTES = 512 << 10;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Waiting> underWay = new HashMap<>();
    private final Map<String, Waiting> byName = new HashMap<>();
    // Offered before a restart: whoever asks again joins what is under way.
    private final Set<String> offeredBefore = new HashSet<>();

    /**
     * One request.
     *
     * @param company with how many it may ride at most
     */
    private record Waiting(String request, Update update, int bytes, Asker asker, int company) {
        Waiting in(int smaller) {
            return new Waiting(request, update, bytes, asker, smaller);
        }
    }

    /** The name of a wish for which the queue would never leave room. */
    static Optional<String> wish(ChannelAction action) {
        if (action instanceof ChannelAction.MakeOffer make) {
            return Optional.of("offer " + make.offer().request());
        }
        return action instanceof ChannelAction.CloseTogether
                ? Optional.of("close")
                : Optional.empty();
    }

    /** The answer to a request that was done before, also when that was before a restart. */
    private static Optional<ChannelEntity.Answer> done(ChannelMemory memory, String request) {
        return memory instanceof KnownChannel known
                ? known.done()
                        .nonce(request)
                        .map(nonce -> new ChannelEntity.Completed(request, nonce))
                : Optional.empty();
    }

    /** After a restart: what the channel still wants of its partner. */
    void recovered(ChannelMemory memory) {
        if (memory instanceof Open open) {
            open.standing().offer().ifPresent(offer -> offeredBefore.addAll(offer.requests()));
        }
    }

    /** Takes a request; it is answered at once when it is done already, or too many wait. */
    void add(ChannelMemory memory, ChannelEntity.Wanted wanted, Asker asker) {
        Optional<ChannelEntity.Answer> done = done(memory, wanted.request());
        Waiting known = byName.get(wanted.request());
        if (done.isPresent()) {
            asker.hear(done.get());
        } else if (known != null) {
            // Asked again: the newest asker gets the answer.
            replace(known, asker);
        } else if (byName.size() >= MAXIMUM_WAITING) {
            asker.hear(new ChannelEntity.Refused("too many requests wait for this channel"));
        } else {
            add(wanted, asker);
        }
    }

    private void add(ChannelEntity.Wanted wanted, Asker asker) {
        Waiting added =
                new Waiting(
                        wanted.request(),
                        wanted.update(),
                        wanted.update().encoded().size(),
                        asker,
                        Update.MAXIMUM_OPERATIONS);
        byName.put(added.request(), added);
        if (offeredBefore.remove(added.request())) {
            underWay.put(added.request(), added);
        } else {
            waiting.add(added);
        }
    }

    private void replace(Waiting known, Asker asker) {
        Waiting newer =
                new Waiting(known.request(), known.update(), known.bytes(), asker, known.company());
        byName.put(newer.request(), newer);
        underWay.computeIfPresent(newer.request(), (request, old) -> newer);
    }

    /** When the channel is free, as many requests as may ride together are offered. */
    void fillRoom(Turn turn) {
        while (!waiting.isEmpty() && !turn.hasOffer()) {
            Offer batch = batch();
            Optional<Refusal> refusal = turn.take(new ChannelAction.MakeOffer(batch));
            if (refusal.isEmpty()) {
                begun(batch);
            } else if (refusal.get() instanceof Refusal.OperationRefused impossible) {
                split(batch).ifPresent(asker -> refuseLater(turn, asker, impossible.reason()));
            } else {
                String reason = refusal.get().message();
                drain().forEach(asker -> refuseLater(turn, asker, reason));
            }
        }
    }

    private static void refuseLater(Turn turn, Asker asker, String reason) {
        turn.then(after -> asker.hear(new ChannelEntity.Refused(reason)));
    }

    /** Whether the update under way came from here. */
    boolean isUnderWay() {
        return !underWay.isEmpty();
    }

    // Nothing is taken out yet.
    private Offer batch() {
        List<String> requests = new ArrayList<>();
        List<ChannelOperation> operations = new ArrayList<>();
        int bytes = 0;
        int company = Update.MAXIMUM_OPERATIONS;
        for (Waiting next : waiting) {
            company = Math.min(company, next.company());
            boolean full =
                    requests.size() >= company
                            || operations.size() + next.update().operations().size()
                                    > Update.MAXIMUM_OPERATIONS
                            || bytes + next.bytes() > MAXIMUM_BATCH_BYTES;
            if (full && !requests.isEmpty()) {
                break;
            }
            requests.add(next.request());
            operations.addAll(next.update().operations());
            bytes += next.bytes();
        }
        return new Offer(requests, new Update(operations), Optional.empty());
    }

    private void begun(Offer offer) {
        for (int i = 0; i < offer.requests().size(); i++) {
            Waiting first = waiting.remove();
            underWay.put(first.request(), byName.get(first.request()));
        }
    }

    // The batch at the front cannot be: it is halved, or its only request is given back.
    private Optional<Asker> split(Offer offer) {
        int size = offer.requests().size();
        if (size == 1) {
            Waiting alone = waiting.remove();
            return Optional.of(forget(alone.request()).asker());
        }
        List<Waiting> halved = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            halved.add(waiting.remove());
        }
        putBack(halved, size / 2);
        return Optional.empty();
    }

    /** A batch that the partner does not want is tried in halves, and nobody needs to know. */
    void takeBack(Turn turn) {
        List<String> dropped =
                turn.effects().stream()
                        .filter(Effect.TellDropped.class::isInstance)
                        .map(effect -> ((Effect.TellDropped) effect).request())
                        .toList();
        if (dropped.size() < 2 || !underWay.keySet().containsAll(dropped)) {
            return;
        }
        List<Waiting> back = dropped.stream().map(underWay::remove).toList();
        putBack(back, dropped.size() / 2);
        turn.effects().removeIf(Effect.TellDropped.class::isInstance);
    }

    private void putBack(List<Waiting> front, int company) {
        for (int i = front.size() - 1; i >= 0; i--) {
            waiting.addFirst(front.get(i).in(company));
        }
    }

    /** The request is answered: whoever asked for it, if that was through this queue. */
    Optional<Asker> answered(String request) {
        offeredBefore.remove(request);
        return underWay.containsKey(request)
                ? Optional.of(forget(request).asker())
                : Optional.empty();
    }

    private Waiting forget(String request) {
        underWay.remove(request);
        return byName.remove(request);
    }

    // Nothing can be done any more: all who wait.
    private List<Asker> drain() {
        List<Asker> all = new ArrayList<>();
        for (Waiting left : waiting) {
            all.add(forget(left.request()).asker());
        }
        waiting.clear();
        return all;
    }
}
