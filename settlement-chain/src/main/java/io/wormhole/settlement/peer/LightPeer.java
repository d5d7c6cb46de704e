package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkException;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.light.FinalityProof;
import io.wormhole.settlement.light.LightGateway;
import io.wormhole.settlement.light.LightReads;
import io.wormhole.settlement.peer.wire.Head;
import io.wormhole.settlement.peer.wire.Hello;
import io.wormhole.settlement.peer.wire.LightAnswer;
import io.wormhole.settlement.peer.wire.LightQuestion;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.StateWanted;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A full node on the other end of a link, as a light client sees it; for one thread at a time. */
public final class LightPeer implements LightGateway, AutoCloseable {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(15);
    // A node also tells what is new between two answers; more than this is no honest node.
    private static final int MOST_NEWS = 10_000;

    private final Link link;
    private final String name;
    private final Hash network;

    private LightPeer(Link link, String name, Hash network) {
        this.link = link;
        this.name = name;
        this.network = network;
    }

    /**
     * Connects to a full node.
     *
     * @throws Unreachable when there is none, or one of another network
     */
    public static LightPeer connect(
            Genesis genesis, Links links, PeerEndpoint endpoint, InstantSource clock) {
        Link link =
                await(
                        links.connect(endpoint.host(), endpoint.port(), endpoint.key()),
                        TIMEOUT_NANOS);
        Hash network = genesis.networkId().genesis();
        LightPeer peer = new LightPeer(link, endpoint.toString(), network);
        peer.send(
                PeerMessage.newBuilder()
                        .setHello(
                                Hello.newBuilder()
                                        .setProtocolVersion(Wire.PROTOCOL_VERSION)
                                        .setGenesis(Wire.bytes(network))
                                        .setHead(
                                                Head.newBuilder()
                                                        .setHash(
                                                                Wire.bytes(
                                                                        GenesisBlock.of(genesis)
                                                                                .hash())))
                                        .setTimeMillis(clock.millis())
                                        .setAgent("wormhole-light/1"))
                        .build());
        return peer;
    }

    private static <T> T await(CompletionStage<T> stage, long nanos) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(Math.max(1, nanos), TimeUnit.NANOSECONDS)
                    .join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new Unreachable(told(cause));
        }
    }

    private static String told(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no answer within %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(TIMEOUT_NANOS));
        }
        return cause instanceof LinkException broken
                ? String.valueOf(broken.end())
                : String.valueOf(cause);
    }

    private void send(PeerMessage message) {
        await(link.send(message.toByteArray()), TIMEOUT_NANOS);
    }

    @Override
    public String name() {
        return name;
    }

    private LightAnswer answer(LightQuestion.Builder question) {
        return ask(
                        PeerMessage.newBuilder().setLightQuestion(question).build(),
                        EnumSet.of(PeerMessage.ContentCase.LIGHT_ANSWER))
                .getLightAnswer();
    }

    private PeerMessage ask(PeerMessage question, Set<PeerMessage.ContentCase> kinds) {
        try {
            send(question);
        } catch (Unreachable unsent) {
            // What the node said before it closed the link tells why.
            await(EnumSet.noneOf(PeerMessage.ContentCase.class));
            throw unsent;
        }
        return await(kinds);
    }

    private List<ByteString> ask(LightQuestion.Builder question) {
        return answer(question).getPartsList();
    }

    /** The next message of these kinds; what the node tells without being asked is passed over. */
    private PeerMessage await(Set<PeerMessage.ContentCase> kinds) {
        // For the answer, whatever is told before it.
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        for (int news = 0; news < MOST_NEWS; news++) {
            Optional<byte[]> frame = await(link.receive(), deadline - System.nanoTime());
            if (frame.isEmpty()) {
                throw new Unreachable("it has closed the link");
            }
            PeerMessage message = decode(frame.get());
            if (message.hasHello()
                    && !message.getHello().getGenesis().equals(Wire.bytes(network))) {
                throw new Unreachable("it is of another network than " + network);
            }
            if (message.hasGoodbye()) {
                throw new Unreachable("it says: " + message.getGoodbye().getReason());
            }
            if (kinds.contains(message.getContentCase())) {
                return message;
            }
        }
        throw new IllegalArgumentException("news without end in place of an answer");
    }

    private static PeerMessage decode(byte[] frame) {
        try {
            return Wire.decode(frame);
        } catch (Misbehaviour malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private <T> Optional<T> one(LightQuestion.Builder question, Function<Bytes, T> decoder) {
        List<ByteString> parts = ask(question);
        if (parts.size() > 1) {
            throw new IllegalArgumentException(parts.size() + " answers to one question");
        }
        return parts.stream().map(Wire::bytes).map(decoder).findFirst();
    }

    @Override
    public Optional<FinalityProof> finality(long upToEpoch) {
        return one(
                LightQuestion.newBuilder().setFinalityUpToEpoch(upToEpoch), FinalityProof::decode);
    }

    @Override
    public Optional<PartialMap> consensus(long height) {
        return one(
                LightQuestion.newBuilder().setConsensusAtHeight(height),
                bytes -> CanonicalReader.decode(bytes, PartialMap::readFrom));
    }

    @Override
    public List<BlockHeader> headers(long fromHeight) {
        List<ByteString> parts = ask(LightQuestion.newBuilder().setHeadersFromHeight(fromHeight));
        if (parts.size() > LightReads.MAXIMUM_HEADERS) {
            throw new IllegalArgumentException(parts.size() + " headers in one answer");
        }
        return parts.stream()
                .map(part -> CanonicalReader.decode(Wire.bytes(part), BlockHeader::readFrom))
                .toList();
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // The order of the trees is part of the format.
    public Optional<StateProof> state(Hash block, StateTree tree, Hash key) {
        return one(
                LightQuestion.newBuilder()
                        .setState(
                                StateWanted.newBuilder()
                                        .setBlock(Wire.bytes(block))
                                        .setTree(tree.ordinal())
                                        .setKey(Wire.bytes(key))),
                StateProof::decode);
    }

    @Override
    public Optional<InclusionProof> transaction(Hash id) {
        return one(
                LightQuestion.newBuilder().setTransaction(Wire.bytes(id)), InclusionProof::decode);
    }

    @Override
    public Optional<Block> block(Hash block) {
        PeerMessage answer =
                ask(
                        Messages.blocksWanted(List.of(block), false),
                        EnumSet.of(
                                PeerMessage.ContentCase.BLOCK,
                                PeerMessage.ContentCase.BLOCKS_MISSING));
        return answer.hasBlock()
                ? Optional.of(Block.decode(Wire.bytes(answer.getBlock().getBlock())))
                : Optional.empty();
    }

    /** Hands a transaction to the node, which passes it on or says why not. */
    @Override
    public Submission submit(SignedTransaction transaction) {
        LightAnswer answer =
                answer(LightQuestion.newBuilder().setSubmission(Wire.bytes(transaction)));
        return LightWire.submission(transaction.id(), answer);
    }

    @Override
    public void close() {
        link.close();
    }
}
