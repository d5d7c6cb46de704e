package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.peer.wire.Addresses;
import io.wormhole.settlement.peer.wire.BlockBody;
import io.wormhole.settlement.peer.wire.BlocksWanted;
import io.wormhole.settlement.peer.wire.CompactBody;
import io.wormhole.settlement.peer.wire.CompactWanted;
import io.wormhole.settlement.peer.wire.HeadAnnounced;
import io.wormhole.settlement.peer.wire.HeadersWanted;
import io.wormhole.settlement.peer.wire.Parts;
import io.wormhole.settlement.peer.wire.PartsWanted;
import io.wormhole.settlement.peer.wire.PeerAddress;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.ShortForm;
import io.wormhole.settlement.peer.wire.Transactions;
import io.wormhole.settlement.peer.wire.TransactionsAnnounced;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Values to messages of peers and back. */
final class Messages {
    private Messages() {}

    static PeerMessage headAnnounced(ChainView view, long nowMillis) {
        return PeerMessage.newBuilder().setHeadAnnounced(head(view, nowMillis)).build();
    }

    /** Tells of a head together with the short form of its block. */
    static PeerMessage headAnnounced(ChainView view, ShortForm form, long nowMillis) {
        return PeerMessage.newBuilder()
                .setHeadAnnounced(head(view, nowMillis).setShortForm(form))
                .build();
    }

    private static HeadAnnounced.Builder head(ChainView view, long nowMillis) {
        return HeadAnnounced.newBuilder()
                .setHeader(Wire.bytes(view.head().header()))
                .setJustifiedEpoch(view.justified().epoch())
                .setTimeMillis(nowMillis);
    }

    static ShortForm shortForm(CompactBlock block, List<SignedTransaction> added) {
        ShortForm.Builder form =
                ShortForm.newBuilder().setSalt(block.salt()).addAllIds(block.ids());
        added.forEach(each -> form.addAdded(Wire.bytes(each)));
        return form.build();
    }

    /** The short form that comes with a head, if it does. */
    static Optional<SyncStep.Pushed> pushed(HeadAnnounced message, BlockHeader header) {
        if (!message.hasShortForm()) {
            return Optional.empty();
        }
        ShortForm form = message.getShortForm();
        Wire.require(form.getAddedCount(), Wire.MAXIMUM_IDS, "transactions");
        return Optional.of(
                new SyncStep.Pushed(
                        new CompactBlock(header, form.getSalt(), form.getIdsList()),
                        decoded(form.getAddedList())));
    }

    private static List<SignedTransaction> decoded(List<ByteString> encoded) {
        return encoded.stream().map(Wire::bytes).map(SignedTransaction::decode).toList();
    }

    static PeerMessage transactions(List<SignedTransaction> transactions) {
        Transactions.Builder batch = Transactions.newBuilder();
        transactions.forEach(each -> batch.addTransactions(Wire.bytes(each)));
        return PeerMessage.newBuilder().setTransactions(batch).build();
    }

    /** Transactions in as few messages as their bytes allow. */
    static List<PeerMessage> inBatches(List<SignedTransaction> transactions) {
        List<PeerMessage> messages = new ArrayList<>();
        Transactions.Builder batch = Transactions.newBuilder();
        int bytes = 0;
        for (SignedTransaction transaction : transactions) {
            ByteString encoded = Wire.bytes(transaction);
            batch.addTransactions(encoded);
            bytes += encoded.size();
            if (bytes >= Wire.TRANSACTIONS_BYTES) {
                messages.add(PeerMessage.newBuilder().setTransactions(batch).build());
                batch = Transactions.newBuilder();
                bytes = 0;
            }
        }
        if (batch.getTransactionsCount() > 0) {
            messages.add(PeerMessage.newBuilder().setTransactions(batch).build());
        }
        return messages;
    }

    /** What is sent to ask. */
    static PeerMessage of(SyncStep.Ask<?> ask) {
        if (ask instanceof SyncStep.AskHeaders<?> headers) {
            return headersWanted(headers.locator());
        } else if (ask instanceof SyncStep.AskBlocks<?> blocks) {
            return blocksWanted(blocks.blocks(), true);
        } else if (ask instanceof SyncStep.AskParts<?> parts) {
            return partsWanted(parts.block(), parts.places());
        }
        return compactWanted(((SyncStep.AskCompact<?>) ask).block());
    }

    private static PeerMessage headersWanted(List<Hash> locator) {
        HeadersWanted.Builder wanted = HeadersWanted.newBuilder();
        locator.forEach(hash -> wanted.addLocator(Wire.bytes(hash)));
        return PeerMessage.newBuilder().setHeadersWanted(wanted).build();
    }

    /**
     * Asks for blocks.
     *
     * @param bare whether they are wanted without their witnesses; a peer that does not know that
     *     sends them whole
     */
    static PeerMessage blocksWanted(List<Hash> blocks, boolean bare) {
        BlocksWanted.Builder wanted = BlocksWanted.newBuilder().setBare(bare);
        blocks.forEach(hash -> wanted.addHashes(Wire.bytes(hash)));
        return PeerMessage.newBuilder().setBlocksWanted(wanted).build();
    }

    /** A block that has come; whoever has the state finds the witness anew. */
    static BareBlock block(BlockBody body) {
        return body.getBare().isEmpty()
                ? Block.decode(Wire.bytes(body.getBlock())).bare()
                : BareBlock.decode(Wire.bytes(body.getBare()));
    }

    private static PeerMessage compactWanted(Hash block) {
        return PeerMessage.newBuilder()
                .setCompactWanted(CompactWanted.newBuilder().setHash(Wire.bytes(block)))
                .build();
    }

    static PeerMessage compact(CompactBlock block) {
        return PeerMessage.newBuilder()
                .setCompact(
                        CompactBody.newBuilder()
                                .setHeader(Wire.bytes(block.header()))
                                .setSalt(block.salt())
                                .addAllIds(block.ids()))
                .build();
    }

    static CompactBlock compact(CompactBody message) {
        return new CompactBlock(
                header(message.getHeader()), message.getSalt(), message.getIdsList());
    }

    static PeerMessage partsWanted(Hash block, List<Integer> places) {
        return PeerMessage.newBuilder()
                .setPartsWanted(
                        PartsWanted.newBuilder().setHash(Wire.bytes(block)).addAllPlaces(places))
                .build();
    }

    static PeerMessage parts(Hash block, List<SignedTransaction> transactions) {
        Parts.Builder parts = Parts.newBuilder().setHash(Wire.bytes(block));
        transactions.forEach(each -> parts.addTransactions(Wire.bytes(each)));
        return PeerMessage.newBuilder().setParts(parts).build();
    }

    static List<SignedTransaction> parts(Parts message) {
        Wire.require(message.getTransactionsCount(), Wire.MAXIMUM_IDS, "transactions");
        return decoded(message.getTransactionsList());
    }

    /** Announcements of transactions, as many as are needed for all ids. */
    static List<PeerMessage> transactionsAnnounced(List<Hash> ids) {
        List<PeerMessage> messages = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += Wire.MAXIMUM_IDS) {
            TransactionsAnnounced.Builder message = TransactionsAnnounced.newBuilder();
            ids.subList(from, Math.min(ids.size(), from + Wire.MAXIMUM_IDS))
                    .forEach(id -> message.addIds(Wire.bytes(id)));
            messages.add(PeerMessage.newBuilder().setTransactionsAnnounced(message).build());
        }
        return messages;
    }

    static PeerMessage addresses(Stream<PeerEndpoint> endpoints) {
        Addresses.Builder told = Addresses.newBuilder();
        endpoints
                .limit(Wire.MAXIMUM_ADDRESSES)
                .forEach(
                        endpoint ->
                                told.addAddresses(
                                        PeerAddress.newBuilder()
                                                .setHost(endpoint.host())
                                                .setPort(endpoint.port())));
        return PeerMessage.newBuilder().setAddresses(told).build();
    }

    static List<PeerEndpoint> endpoints(Addresses message) {
        Wire.require(message.getAddressesCount(), Wire.MAXIMUM_ADDRESSES, "addresses");
        List<PeerEndpoint> endpoints = new ArrayList<>();
        for (PeerAddress address : message.getAddressesList()) {
            Wire.require(address.getHost().length(), Wire.MAXIMUM_TEXT, "characters of a host");
            endpoints.add(PeerEndpoint.of(address.getHost(), address.getPort()));
        }
        return endpoints;
    }

    static BlockHeader header(ByteString encoded) {
        return CanonicalReader.decode(Wire.bytes(encoded), BlockHeader::readFrom);
    }

    static List<BlockHeader> headers(List<ByteString> encoded) {
        Wire.require(encoded.size(), Wire.MAXIMUM_HEADERS, "headers");
        return encoded.stream().map(Messages::header).toList();
    }
}
