package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.settlement.chain.EventSource;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows the final chain and reads its state with proofs, from servers none of which is trusted:
 * one honest server is enough, however many lie. For one thread at a time; calls may block.
 */
public final class LightClient {
    /** No server that is still asked has given a valid answer. */
    public static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String what, Map<String, String> refused) {
            super(
                    "no server has proven %s%s"
                            .formatted(
                                    what, refused.isEmpty() ? "" : "; not believed: " + refused));
        }
    }

    private final FinalityJudge judge;
    private final LightHeaders headers;
    private final Servers servers;
    private final LightHistory history;
    private TrustedCheckpoint trusted;
    // The tip at which finality was asked for last.
    private Hash askedAt = Hash.ZERO;

    /** A client that trusts {@code start} and asks {@code servers}. */
    public LightClient(Genesis genesis, TrustedCheckpoint start, List<LightServer> servers) {
        this.judge = new FinalityJudge(genesis);
        this.headers = new LightHeaders(genesis);
        this.servers = new Servers(servers);
        this.trusted = start;
        this.history = new LightHistory(genesis, headers, this.servers, () -> trusted);
    }

    /** The last checkpoint that is known to be final: all that must be stored. */
    public TrustedCheckpoint checkpoint() {
        return trusted;
    }

    /** The servers that are not asked any more, each with what it did. */
    public Map<String, String> liars() {
        return servers.liars();
    }

    /** The servers that did not answer when they were asked last, and why. */
    public Map<String, String> silent() {
        return servers.silent();
    }

    /** The best chain of headers on the last checkpoint: valid work, but not final yet. */
    public List<BlockHeader> tentative() {
        return headers.above();
    }

    /** The header at the end of the best chain. */
    public BlockHeader tip() {
        List<BlockHeader> above = headers.above();
        return above.isEmpty() ? trusted.header() : above.get(above.size() - 1);
    }

    /** What happens on the chain, block by block; for the thread that calls this client. */
    public EventSource history() {
        return history;
    }

    /** Nobody looks at blocks below this height any more. */
    public void forgetBelow(long height) {
        history.forgetBelow(height);
    }

    /**
     * Looks for new blocks, and for a newer final checkpoint when there can be one; as {@link
     * #sync} but cheap where nothing has happened.
     */
    public void poll() {
        for (LightServer server : servers.honest()) {
            servers.ask(server, asked -> headers.follow(trusted, asked));
        }
        // The votes for the link to the next checkpoint are in blocks above that.
        Hash tip = tip().hash();
        if (headers.above().size() > headers.epochLength() && !tip.equals(askedAt)) {
            askedAt = tip;
            sync();
        }
    }

    /**
     * Asks one server anything; empty when it is gone, or when its answer is none, after which it
     * is not asked again.
     */
    public <T> Optional<T> ask(LightServer server, Function<LightServer, T> question) {
        return servers.ask(server, question);
    }

    /** Goes to the newest checkpoint that can be proven to be final; returns it. */
    public TrustedCheckpoint sync() {
        boolean hasMoved = true;
        while (hasMoved) {
            hasMoved = false;
            for (LightServer server : servers.honest()) {
                hasMoved |= servers.ask(server, this::advance).orElse(false);
            }
        }
        for (LightServer server : servers.honest()) {
            servers.ask(server, asked -> headers.follow(trusted, asked));
        }
        return trusted;
    }

    /** One step with the help of one server; a step that is too far is halved. */
    private boolean advance(LightServer server) {
        long lowest = trusted.height() / headers.epochLength();
        long reach = judge.reach(trusted);
        while (reach > lowest) {
            Optional<FinalityProof> proof = server.finality(reach);
            if (proof.isEmpty() || proof.get().header().height().value() <= trusted.height()) {
                return false;
            }
            FinalityJudge.Verdict verdict = judge.judge(trusted, proof.get());
            if (verdict instanceof FinalityJudge.Verdict.Final isFinal) {
                headers.above().forEach(history::note);
                trusted = isFinal.checkpoint();
                headers.prune(trusted);
                return true;
            }
            if (verdict instanceof FinalityJudge.Verdict.Forged forged) {
                throw new IllegalArgumentException(forged.why());
            }
            long epoch = proof.get().header().height().value() / headers.epochLength();
            reach = lowest + (Math.min(epoch, reach) - lowest) / 2;
        }
        return false;
    }

    /** The account in the last final state; its rent is paid up to the height in the entry. */
    public Optional<AccountEntry> account(Address address) {
        return read(StateTree.ACCOUNTS, LedgerKeys.account(address), AccountEntry::readFrom);
    }

    /** The name in the last final state, unless it has expired there. */
    public Optional<NameEntry> name(Name name) {
        BlockHeight at = trusted.header().height();
        return read(StateTree.NAMES, LedgerKeys.name(name), NameEntry::readFrom)
                .filter(entry -> at.isBefore(entry.expiresAt()));
    }

    /** The channel in the last final state, also when closed. */
    public Optional<ChannelEntry> channel(ChannelId channel) {
        return read(StateTree.WORMHOLES, LedgerKeys.channel(channel), ChannelEntry::readFrom);
    }

    /** A settled question in the last final state. */
    public Optional<AnsweredQuestion> answer(OracleId oracle) {
        return read(
                StateTree.ANSWERED_ORACLES, LedgerKeys.oracle(oracle), AnsweredQuestion::readFrom);
    }

    private <T> Optional<T> read(StateTree tree, Hash key, Function<CanonicalReader, T> decoder) {
        return read(tree, key).map(bytes -> CanonicalReader.decode(bytes, decoder));
    }

    /**
     * What the last final state holds at a key of one of its maps, or that it holds nothing.
     *
     * @throws NoAnswer when no server has proven either
     */
    public Optional<Bytes> read(StateTree tree, Hash key) {
        return read(trusted.header(), tree, key);
    }

    /**
     * What the state after a block holds at a key, or that it holds nothing.
     *
     * @param after a header that this client follows, final or not
     * @throws NoAnswer when no server has proven either
     */
    public Optional<Bytes> read(BlockHeader after, StateTree tree, Hash key) {
        for (LightServer server : servers.honest()) {
            Optional<Optional<Bytes>> proven =
                    servers.ask(server, asked -> proven(asked, after, tree, key))
                            .flatMap(answer -> answer);
            if (proven.isPresent()) {
                return proven.get();
            }
        }
        throw new NoAnswer("what the state after " + after.hash() + " holds", liars());
    }

    private static Optional<Optional<Bytes>> proven(
            LightServer server, BlockHeader after, StateTree tree, Hash key) {
        Optional<StateProof> proof = server.state(after.hash(), tree, key);
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        boolean isAsked = proof.get().tree() == tree && proof.get().key().equals(key);
        MapVerdict verdict = proof.get().verify(after.roots());
        if (!isAsked || verdict instanceof MapVerdict.Unproven) {
            throw new IllegalArgumentException("a proof that proves nothing about what was asked");
        }
        return Optional.of(verdict.proven());
    }

    /** A transaction that a block of the followed chain holds, final or not, as far as is known. */
    public Optional<InclusionProof> inclusion(Hash id) {
        for (LightServer server : servers.honest()) {
            Optional<InclusionProof> proof =
                    servers.ask(server, asked -> held(asked, id))
                            .flatMap(answer -> answer)
                            .filter(found -> isFollowed(found.header(), server));
            if (proof.isPresent()) {
                return proof;
            }
        }
        return Optional.empty();
    }

    private boolean isFollowed(BlockHeader header, LightServer server) {
        return header.height().value() <= trusted.height()
                ? servers.ask(server, asked -> headers.isBelow(trusted, header, asked))
                        .orElse(false)
                : headers.above().contains(header);
    }

    private static Optional<InclusionProof> held(LightServer server, Hash id) {
        Optional<InclusionProof> proof = server.transaction(id);
        if (proof.isPresent()
                && (!proof.get().transaction().id().equals(id) || !proof.get().holds())) {
            throw new IllegalArgumentException("a path that does not lead to the transaction");
        }
        return proof;
    }

    /**
     * A transaction that is in the final chain.
     *
     * @throws NoAnswer when no server has proven it; that does not mean that it is not there
     */
    public InclusionProof transaction(Hash id) {
        for (LightServer server : servers.honest()) {
            Optional<InclusionProof> proof =
                    servers.ask(server, asked -> included(asked, id)).flatMap(answer -> answer);
            if (proof.isPresent()) {
                return proof.get();
            }
        }
        throw new NoAnswer("that transaction " + id + " is final", liars());
    }

    private Optional<InclusionProof> included(LightServer server, Hash id) {
        // Above the checkpoint it is not final yet, which is no lie.
        return held(server, id)
                .filter(found -> found.header().height().value() <= trusted.height())
                .filter(found -> headers.isBelow(trusted, found.header(), server));
    }
}
