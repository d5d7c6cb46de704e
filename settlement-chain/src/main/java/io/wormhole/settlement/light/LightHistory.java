package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.BlockVerifier;
import io.wormhole.settlement.block.Judgement;
import io.wormhole.settlement.chain.EventSource;
import io.wormhole.settlement.genesis.Genesis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What followers of a light client still have to see: headers below the checkpoint, by their hashes
 * alone, and what blocks do, by running them on their witnesses. No server can keep back or make up
 * what a block does. For one owner; calls may block.
 */
final class LightHistory implements EventSource {
    // Blocks that a follower may be behind; more would cost too much memory.
    private static final int MOST_BEHIND = 200_000;
    private static final int MOST_SEEN = 2 * MOST_BEHIND;
    private static final int MOST_FACTS = 256;

    private final BlockVerifier verifier;
    private final LightHeaders headers;
    private final Servers servers;
    private final Supplier<TrustedCheckpoint> trusted;
    private List<BlockHeader> noted = List.of();
    // Without gaps, up to the checkpoint that was trusted when it was last looked at.
    private final TreeMap<Long, BlockHeader> below = new TreeMap<>();
    private final Map<Hash, BlockHeader> seen = bounded(MOST_SEEN);
    private final Map<Hash, List<LedgerFact>> facts = bounded(MOST_FACTS);

    LightHistory(
            Genesis genesis,
            LightHeaders headers,
            Servers servers,
            Supplier<TrustedCheckpoint> trusted) {
        this.verifier = new BlockVerifier(genesis);
        this.headers = headers;
        this.servers = servers;
        this.trusted = trusted;
    }

    private static <V> Map<Hash, V> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Hash, V> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public Optional<Hash> followed(long height) {
        return header(height).map(BlockHeader::hash);
    }

    @SuppressWarnings("ReferenceEquality") // The list is replaced as a whole.
    private Optional<BlockHeader> header(long height) {
        long top = trusted.get().height();
        if (height <= top) {
            return Optional.of(settled(height));
        }
        List<BlockHeader> above = headers.above();
        if (above != noted) {
            // A hash of each is work.
            above.forEach(this::note);
            noted = above;
        }
        return height - top > above.size()
                ? Optional.empty()
                : Optional.of(above.get((int) (height - top) - 1));
    }

    /** A header that was followed and may soon be below the checkpoint, or on no chain. */
    void note(BlockHeader header) {
        seen.putIfAbsent(header.hash(), header);
    }

    /** A header at or below the checkpoint. */
    private BlockHeader settled(long height) {
        rise();
        if (below.lastKey() - height > MOST_BEHIND) {
            throw new LightClient.NoAnswer(
                    "block %d; it is more than %d blocks back".formatted(height, MOST_BEHIND),
                    servers.liars());
        }
        if (height < below.firstKey()) {
            List<BlockHeader> found = between(height, below.firstEntry().getValue());
            found.forEach(this::settle);
        }
        BlockHeader known = below.get(height);
        if (known == null) {
            throw new IllegalStateException("no gap below the checkpoint");
        }
        return known;
    }

    /** Takes over a new checkpoint, with all that is between it and the last one. */
    private void rise() {
        BlockHeader top = trusted.get().header();
        if (!below.isEmpty() && below.lastKey() < top.height().value()) {
            known(below.lastEntry().getValue(), top)
                    .orElseGet(() -> between(below.lastKey() + 1, top))
                    .forEach(this::settle);
        }
        settle(top);
    }

    private void settle(BlockHeader header) {
        below.put(header.height().value(), header);
        seen.put(header.hash(), header);
    }

    /** The headers between two, where all of them were seen before. */
    private Optional<List<BlockHeader>> known(BlockHeader low, BlockHeader high) {
        List<BlockHeader> found = new ArrayList<>();
        Hash wanted = high.previous();
        while (!wanted.equals(low.hash())) {
            BlockHeader header = seen.get(wanted);
            if (header == null || header.height().value() <= low.height().value()) {
                return Optional.empty();
            }
            found.add(header);
            wanted = header.previous();
        }
        return Optional.of(found);
    }

    /** The headers from a height to just below a known one, from a server. */
    private List<BlockHeader> between(long from, BlockHeader high) {
        for (LightServer server : servers.honest()) {
            Optional<List<BlockHeader>> found =
                    servers.ask(server, asked -> linked(asked, from, high));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new LightClient.NoAnswer("the headers from " + from, servers.liars());
    }

    private static List<BlockHeader> linked(LightServer server, long from, BlockHeader high) {
        List<BlockHeader> found = new ArrayList<>();
        long next = from;
        while (next < high.height().value()) {
            List<BlockHeader> more = server.headers(next);
            if (more.isEmpty()) {
                throw new LightServer.Unreachable("it has not reached the checkpoint");
            }
            for (BlockHeader header : more) {
                if (next < high.height().value()) {
                    found.add(header);
                    next++;
                }
            }
        }
        Hash wanted = high.previous();
        for (int at = found.size() - 1; at >= 0; at--) {
            if (!found.get(at).hash().equals(wanted)) {
                throw new IllegalArgumentException("headers that do not lead to the checkpoint");
            }
            wanted = found.get(at).previous();
        }
        return found;
    }

    @Override
    public Optional<Hash> parent(Hash block) {
        return Optional.ofNullable(seen.get(block)).map(BlockHeader::previous);
    }

    @Override
    public List<LedgerFact> facts(Hash block) {
        List<LedgerFact> known = facts.get(block);
        if (known == null) {
            known = prove(block);
            facts.put(block, known);
        }
        return known;
    }

    private List<LedgerFact> prove(Hash hash) {
        BlockHeader header = seen.get(hash);
        if (header == null) {
            throw new IllegalStateException("only what is followed is looked at");
        }
        BlockHeader parent =
                header(header.height().value() - 1)
                        .filter(before -> before.hash().equals(header.previous()))
                        .orElseThrow(() -> notProven(hash));
        for (LightServer server : servers.honest()) {
            Optional<Judgement.Valid> valid =
                    servers.ask(server, asked -> run(asked, parent, hash)).flatMap(done -> done);
            if (valid.isPresent()) {
                return valid.get().effects().facts();
            }
        }
        throw notProven(hash);
    }

    private LightClient.NoAnswer notProven(Hash block) {
        return new LightClient.NoAnswer("what block " + block + " does", servers.liars());
    }

    private Optional<Judgement.Valid> run(LightServer server, BlockHeader parent, Hash hash) {
        Optional<Block> block = server.block(hash);
        if (block.isEmpty()) {
            return Optional.empty();
        }
        if (!block.get().hash().equals(hash)) {
            throw new IllegalArgumentException("another block than was asked for");
        }
        Judgement judgement = verifier.verifyContent(parent, block.get());
        if (judgement instanceof Judgement.Valid valid) {
            return Optional.of(valid);
        }
        String why = ((Judgement.Invalid) judgement).reason();
        if (isOwnContent(block.get())) {
            // The header itself is no good: nobody honest has it.
            headers.refuse(hash);
        }
        throw new IllegalArgumentException("a block that is not valid: " + why);
    }

    /** Whether a block's transactions and witness are those that its header commits to. */
    private static boolean isOwnContent(Block block) {
        return Block.transactionsRoot(block.transactions())
                        .equals(block.header().roots().transactions())
                && block.witness().hash().equals(block.header().roots().witness());
    }

    /** Forgets headers that no follower needs any more. */
    void forgetBelow(long height) {
        if (!below.isEmpty()) {
            below.headMap(Math.min(height, below.lastKey()), false).clear();
        }
    }
}
