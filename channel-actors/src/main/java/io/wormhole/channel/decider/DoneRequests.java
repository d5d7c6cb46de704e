package io.wormhole.channel.decider;

import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest requests of this side whose updates have both signatures, oldest first: whoever lost
 * the answer in a crash asks again under the same name, and is told that it is done. Only names
 * that begin with {@link #ONCE} are kept.
 */
public record DoneRequests(List<Done> newest) {
    /** How the names begin that are never done twice. */
    public static final String ONCE = "once/";

    /** How many are kept: who waits for more answers than this may have to look at the balance. */
    public static final int MOST = 256;

    /** None yet. */
    public static final DoneRequests NONE = new DoneRequests(List.of());

    /** A request, and the number of the state that holds what it wanted. */
    public record Done(String request, Nonce nonce) {}

    /** Copies the list. */
    public DoneRequests {
        newest = List.copyOf(newest);
    }

    /** The state that holds what was requested under this name. */
    public Optional<Nonce> nonce(String request) {
        return newest.stream()
                .filter(done -> done.request().equals(request))
                .map(Done::nonce)
                .findFirst();
    }

    DoneRequests with(List<String> requests, Nonce nonce) {
        List<Done> more =
                requests.stream()
                        .filter(request -> request.startsWith(ONCE))
                        .map(request -> new Done(request, nonce))
                        .toList();
        if (more.isEmpty()) {
            return this;
        }
        List<Done> all = new ArrayList<>(newest);
        all.addAll(more);
        return new DoneRequests(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
