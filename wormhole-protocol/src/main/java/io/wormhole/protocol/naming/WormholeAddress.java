package io.wormhole.protocol.naming;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;

/**
 * Where a wormhole can be reached and whom one deals with there.
 *
 * @param wormhole the wormhole's id
 * @param operator the key that signs its channels and authenticates its links
 * @param host DNS name or IP address of its session endpoint, at most 253 characters
 * @param port TCP port, 1 to 65535
 */
public record WormholeAddress(Hash wormhole, PublicKey operator, String host, int port)
        implements Canonical {
    private static final int MAXIMUM_HOST_LENGTH = 253;

    /** Refuses an empty or overlong host and a port out of range. */
    public WormholeAddress {
        if (!host.matches("[A-Za-z0-9.:_-]{1," + MAXIMUM_HOST_LENGTH + "}")) {
            throw new IllegalArgumentException("not a host name or IP address: " + host);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, found " + port);
        }
    }

    /** Reads an address in the order of the fields. */
    public static WormholeAddress readFrom(CanonicalReader in) {
        return new WormholeAddress(
                Hash.readFrom(in),
                PublicKey.readFrom(in),
                in.readText(MAXIMUM_HOST_LENGTH),
                in.readInt());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(wormhole).write(operator).writeText(host).writeInt(port);
    }
}
