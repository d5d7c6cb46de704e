package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.naming.Pointer;
import io.wormhole.protocol.naming.WormholeAddress;
import io.wormhole.protocol.transaction.NameTransaction;
import java.util.List;
import java.util.Optional;

/** A claimed name: it is free again at the height {@code expiresAt}. */
public record NameEntry(Name name, Address owner, BlockHeight expiresAt, List<Pointer> pointers)
        implements Canonical {
    /** Copies the list. */
    public NameEntry {
        pointers = List.copyOf(pointers);
    }

    /** Reads an entry in the order of the fields. */
    public static NameEntry readFrom(CanonicalReader in) {
        return new NameEntry(
                Name.readFrom(in),
                Address.readFrom(in),
                BlockHeight.readFrom(in),
                in.readList(NameTransaction.Update.MAXIMUM_POINTERS, Pointer::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(name).write(owner).write(expiresAt).writeList(pointers);
    }

    /** The first wormhole that the name points to. */
    public Optional<WormholeAddress> wormhole() {
        return pointers.stream()
                .filter(pointer -> pointer.kind() == Pointer.Kind.WORMHOLE)
                .findFirst()
                .map(pointer -> CanonicalReader.decode(pointer.value(), WormholeAddress::readFrom));
    }
}
