package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;

/** Contracts that live on the chain, in accounts without a key. */
public sealed interface ContractTransaction extends TransactionBody {
    /** Largest code, state part or message in bytes. */
    int MAXIMUM_SIZE = 65_536;

    /**
     * Makes a contract account.
     *
     * @param code the whole module
     * @param terms the contract's terms, an encoded value
     * @param progress its first state, an encoded value
     * @param endowment what it has from the sender to begin with
     */
    record Create(Bytes code, Bytes terms, Bytes progress, Amount endowment)
            implements ContractTransaction {
        static Create readFrom(CanonicalReader in) {
            return new Create(
                    in.readBytes(MAXIMUM_SIZE),
                    in.readBytes(MAXIMUM_SIZE),
                    in.readBytes(MAXIMUM_SIZE),
                    Amount.readFrom(in));
        }

        /** Where the contract lives that {@code creator} makes with {@code nonce}. */
        public static Address address(Address creator, Nonce nonce) {
            return new Address(
                    Hash.of(
                            DomainTag.CONTRACT_ADDRESS,
                            new CanonicalWriter().write(creator).write(nonce).toBytes()));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeBytes(code).writeBytes(terms).writeBytes(progress).write(endowment);
        }
    }

    /**
     * Sends a contract a message.
     *
     * @param contract its account
     * @param amount paid to it with the message, returned when it refuses
     * @param payload an encoded value
     */
    record Call(Address contract, Amount amount, Bytes payload) implements ContractTransaction {
        static Call readFrom(CanonicalReader in) {
            return new Call(Address.readFrom(in), Amount.readFrom(in), in.readBytes(MAXIMUM_SIZE));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(contract).write(amount).writeBytes(payload);
        }
    }
}
