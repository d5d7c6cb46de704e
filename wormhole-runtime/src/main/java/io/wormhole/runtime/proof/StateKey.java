package io.wormhole.runtime.proof;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;

/**
 * Which entry of the state is meant, as people write it: {@code account:dsd1…}, {@code name:/acme},
 * {@code channel:…}, {@code contract:dsd1…}, {@code question:…}, {@code answer:…}.
 */
public record StateKey(String text, StateTree tree, Hash key) {
    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static StateKey parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String id = text.substring(colon + 1);
        return switch (kind) {
            case "account" ->
                    new StateKey(text, StateTree.ACCOUNTS, LedgerKeys.account(Address.parse(id)));
            case "contract" ->
                    new StateKey(text, StateTree.ACCOUNTS, LedgerKeys.contract(Address.parse(id)));
            case "name" -> new StateKey(text, StateTree.NAMES, LedgerKeys.name(new Name(id)));
            case "auction" -> new StateKey(text, StateTree.NAMES, LedgerKeys.auction(new Name(id)));
            case "channel" ->
                    new StateKey(
                            text,
                            StateTree.WORMHOLES,
                            LedgerKeys.channel(new ChannelId(Hash.ofHex(id))));
            case "question" ->
                    new StateKey(
                            text,
                            StateTree.OPEN_ORACLES,
                            LedgerKeys.oracle(new OracleId(Hash.ofHex(id))));
            case "answer" ->
                    new StateKey(
                            text,
                            StateTree.ANSWERED_ORACLES,
                            LedgerKeys.oracle(new OracleId(Hash.ofHex(id))));
            default ->
                    throw new IllegalArgumentException(
                            "a key is account:ADDRESS, contract:ADDRESS, name:/NAME, auction:/NAME,"
                                    + " channel:ID, question:ID or answer:ID, found "
                                    + text);
        };
    }

    /** The entry in a ledger, with its proof. */
    public StateProof proveIn(Ledger ledger) {
        return ledger.prove(tree, key);
    }

    /** Whether a proof is about this entry. */
    public boolean isOf(StateProof proof) {
        return proof.tree() == tree && proof.key().equals(key);
    }
}
