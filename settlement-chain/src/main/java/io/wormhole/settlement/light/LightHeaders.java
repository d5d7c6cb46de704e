package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.consensus.CompactTarget;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.MedianTime;
import io.wormhole.settlement.genesis.Genesis;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The headers above a trusted checkpoint, with their work checked, and the way down from it by
 * hashes alone. Mutable, for one owner.
 */
final class LightHeaders {
    // Headers kept above the checkpoint at most: without finality for so long, all of them would
    // cost more than they tell.
    private static final int MOST_ABOVE = 20_000;
    // Each of these has cost somebody a proof of work.
    private static final int MOST_REFUSED = 10_000;

    private final HeaderVerifier verifier;
    private final FinalityRules rules;
    private final Set<Hash> refused = new HashSet<>();
    private List<BlockHeader> above = List.of();
    // The checkpoint's header with as many before it as the rules need; empty until they are known.
    private List<BlockHeader> base = List.of();

    LightHeaders(Genesis genesis) {
        this.verifier = new HeaderVerifier(genesis);
        this.rules = genesis.parameters().finality();
    }

    int epochLength() {
        return rules.epochLength();
    }

    List<BlockHeader> above() {
        return above;
    }

    /** Forgets what is below a new checkpoint, or not on it. */
    void prune(TrustedCheckpoint trusted) {
        List<BlockHeader> known = new ArrayList<>(base);
        known.addAll(above);
        int at = known.indexOf(trusted.header());
        base =
                at < 0
                        ? List.of()
                        : List.copyOf(
                                known.subList(Math.max(0, at - MedianTime.ANCESTORS + 1), at + 1));
        above = at < 0 ? List.of() : List.copyOf(known.subList(at + 1, known.size()));
    }

    /** Takes over what a server has above the checkpoint where that is more work; checks all. */
    boolean follow(TrustedCheckpoint trusted, LightServer server) {
        if (base.isEmpty()) {
            base = List.copyOf(before(trusted, server));
        }
        BlockHeader tip = above.isEmpty() ? trusted.header() : above.get(above.size() - 1);
        List<BlockHeader> news = server.headers(tip.height().value() + 1);
        if (news.isEmpty()) {
            return false;
        }
        return news.get(0).previous().equals(tip.hash())
                ? takeOver(above, news, server)
                : takeOver(List.of(), server.headers(trusted.height() + 1), server);
    }

    private boolean takeOver(List<BlockHeader> known, List<BlockHeader> news, LightServer server) {
        List<BlockHeader> chain = new ArrayList<>(base);
        chain.addAll(known);
        List<BlockHeader> more = news;
        while (!more.isEmpty() && chain.size() - base.size() < MOST_ABOVE) {
            for (BlockHeader header : more) {
                check(chain, header);
                chain.add(header);
            }
            // A short page is the end of what the server has, so that it cannot drip headers.
            more =
                    more.size() < LightReads.MAXIMUM_HEADERS
                            ? List.of()
                            : server.headers(chain.get(chain.size() - 1).height().value() + 1);
        }
        List<BlockHeader> offered = chain.subList(base.size(), chain.size());
        if (work(offered).compareTo(work(above)) > 0) {
            above = List.copyOf(offered);
            return true;
        }
        return false;
    }

    /** A block turned out not to be valid, whatever its work: no chain with it is followed. */
    void refuse(Hash block) {
        if (refused.size() < MOST_REFUSED) {
            refused.add(block);
        }
        List<BlockHeader> kept = new ArrayList<>();
        for (BlockHeader header : above) {
            if (header.hash().equals(block)) {
                break;
            }
            kept.add(header);
        }
        above = List.copyOf(kept);
    }

    private void check(List<BlockHeader> chain, BlockHeader header) {
        if (refused.contains(header.hash())) {
            throw new IllegalArgumentException("a chain with a block that is not valid");
        }
        List<Long> times = new ArrayList<>();
        for (int at = chain.size() - 1; at >= 0 && times.size() < MedianTime.ANCESTORS; at--) {
            times.add(chain.get(at).timeMillis());
        }
        HeaderContext context = new HeaderContext(chain.get(chain.size() - 1), times);
        Optional<Judgement.Invalid> invalid = verifier.check(context, header);
        if (invalid.isPresent()) {
            throw new IllegalArgumentException("an invalid header: " + invalid.get().reason());
        }
    }

    /** The checkpoint's header with as many before it as the rules need. */
    private static List<BlockHeader> before(TrustedCheckpoint trusted, LightServer server) {
        long from = Math.max(0, trusted.height() - MedianTime.ANCESTORS + 1);
        List<BlockHeader> headers = server.headers(from);
        int count = (int) (trusted.height() - from + 1);
        if (headers.size() < count) {
            throw new LightServer.Unreachable("it has not reached the checkpoint");
        }
        List<BlockHeader> found = headers.subList(0, count);
        requireLinked(found, trusted.header());
        return found;
    }

    private static void requireLinked(List<BlockHeader> headers, BlockHeader last) {
        Hash wanted = last.hash();
        for (int at = headers.size() - 1; at >= 0; at--) {
            if (!headers.get(at).hash().equals(wanted)) {
                throw new IllegalArgumentException("headers that do not lead to the checkpoint");
            }
            wanted = headers.get(at).previous();
        }
    }

    /** Whether a header is an ancestor of the checkpoint; the server shows the way between. */
    boolean isBelow(TrustedCheckpoint trusted, BlockHeader header, LightServer server) {
        Hash tip = header.hash();
        long height = header.height().value();
        while (height < trusted.height()) {
            List<BlockHeader> more = server.headers(height + 1);
            if (more.isEmpty()) {
                return false;
            }
            for (BlockHeader next : more) {
                if (height == trusted.height()) {
                    break;
                }
                if (!next.previous().equals(tip) || next.height().value() != height + 1) {
                    throw new IllegalArgumentException("headers that do not build on each other");
                }
                tip = next.hash();
                height++;
            }
            if (height < trusted.height() && more.size() < LightReads.MAXIMUM_HEADERS) {
                throw new LightServer.Unreachable("it has not reached the checkpoint");
            }
        }
        return tip.equals(trusted.hash());
    }

    private static BigInteger work(List<BlockHeader> headers) {
        return headers.stream()
                .map(header -> CompactTarget.decode(header.targetBits()).work())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
