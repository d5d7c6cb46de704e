package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.peer.wire.PeerMessage;
import java.util.Collection;
import java.util.List;

/** Frames to messages and back, strictly. */
final class Wire {
    /** The version of these messages. */
    static final int PROTOCOL_VERSION = 1;

    /** Largest frame: a block of the greatest size and its envelope. */
    static final int MAXIMUM_FRAME_BYTES = 33 * 1024 * 1024;

    /** Most ids in one announcement or request. */
    static final int MAXIMUM_IDS = 1_000;

    /** Most headers in one answer. */
    static final int MAXIMUM_HEADERS = 512;

    /** Most hashes in a locator. */
    static final int MAXIMUM_LOCATOR = 64;

    /** Most blocks in one request. */
    static final int MAXIMUM_BLOCKS = 16;

    /** Most bytes of transactions in one message, the last one not counted. */
    static final int TRANSACTIONS_BYTES = 1 << 20;

    /** Most addresses in one message. */
    static final int MAXIMUM_ADDRESSES = 64;

    /** Longest text of a peer. */
    static final int MAXIMUM_TEXT = 256;

    private Wire() {}

    static PeerMessage decode(byte[] frame) {
        try {
            PeerMessage message = PeerMessage.parseFrom(frame);
            if (message.getContentCase() == PeerMessage.ContentCase.CONTENT_NOT_SET) {
                throw new Misbehaviour("a message of unknown kind");
            }
            return message;
        } catch (InvalidProtocolBufferException malformed) {
            throw new Misbehaviour("a frame that is no message: " + malformed.getMessage());
        }
    }

    static ByteString bytes(Hash hash) {
        return ByteString.copyFrom(hash.bytes().toArray());
    }

    static ByteString bytes(Canonical value) {
        return ByteString.copyFrom(value.encoded().toBuffer());
    }

    static Hash hash(ByteString bytes) {
        if (bytes.size() != Hash.SIZE) {
            throw new Misbehaviour("a hash of " + bytes.size() + " bytes, allowed: 32");
        }
        return new Hash(bytes(bytes));
    }

    static Bytes bytes(ByteString bytes) {
        return Bytes.of(bytes.asReadOnlyByteBuffer());
    }

    static List<Hash> hashes(Collection<ByteString> hashes, int maximum) {
        require(hashes.size(), maximum, "hashes");
        return hashes.stream().map(Wire::hash).toList();
    }

    static void require(int count, int maximum, String what) {
        if (count > maximum) {
            throw new Misbehaviour(count + " " + what + " in one message, allowed: " + maximum);
        }
    }
}
