package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;

/**
 * Where entries stand in their maps. An id that the ledger itself computed is its own key, where
 * its map holds nothing else. All others are hashed with their kind: addresses above all, since
 * anybody can pay to any 32 bytes, and must reach neither another entry nor one beside it with
 * that.
 */
public final class LedgerKeys {
    /** The finality gadget's state, in the consensus map. */
    public static final Hash FINALITY = singleton("finality");

    /** The totals of the supply equation, in the consensus map. */
    public static final Hash SUPPLY = singleton("supply");

    /** The network's parameters, in the consensus map. */
    public static final Hash PARAMETERS = singleton("parameters");

    /** Where the work on due questions goes on when a block has left some, in the consensus map. */
    public static final Hash DUE_CURSOR = singleton("oracle-due-cursor");

    /** What the stake changes, in the consensus map; nothing stands there before the first time. */
    public static final Hash GOVERNANCE = singleton("governance");

    /** The final roots of answered oracles that contracts go by, in the consensus map. */
    public static final Hash ANSWER_ROOTS = singleton("answer-roots");

    private LedgerKeys() {}

    /** Key of an account. */
    public static Hash account(Address address) {
        return of("account", address);
    }

    /** Key of a channel, in the map of wormholes. */
    public static Hash channel(ChannelId channel) {
        return channel.hash();
    }

    /** Key of a question, in the maps of open and of answered oracles. */
    public static Hash oracle(OracleId oracle) {
        return oracle.hash();
    }

    /** Key of the votes on a question, in the consensus map. */
    public static Hash castVotes(OracleId oracle) {
        return of("oracle-votes", oracle);
    }

    /** Key of how many questions an account has open, in the consensus map. */
    public static Hash openQuestionsOf(Address asker) {
        return of("oracle-open", asker);
    }

    /** Key of how many questions are due at a height, in the consensus map. */
    public static Hash dueCount(BlockHeight height) {
        return of("oracle-due", height);
    }

    /** Key of a page of the questions due at a height, in the consensus map. */
    public static Hash duePage(BlockHeight height, long page) {
        return Hash.of(
                DomainTag.LEDGER_KEY,
                new CanonicalWriter()
                        .writeText("oracle-due-page")
                        .write(height)
                        .writeLong(page)
                        .toBytes());
    }

    /** Key of a claimed name. */
    public static Hash name(Name name) {
        return of("name", name);
    }

    /** Key of a preclaim, in the map of names. */
    public static Hash preclaim(Hash commitment) {
        return of("preclaim", commitment);
    }

    /** Key of the auction of a name, in the map of names. */
    public static Hash auction(Name name) {
        return of("auction", name);
    }

    /** Key of what makes an account a contract, in the map of accounts. */
    public static Hash contract(Address address) {
        return of("contract", address);
    }

    /** Key of the code with a hash, in the map of accounts. */
    public static Hash code(Hash codeHash) {
        return of("code", codeHash);
    }

    private static Hash of(String kind, Canonical id) {
        return Hash.of(
                DomainTag.LEDGER_KEY, new CanonicalWriter().writeText(kind).write(id).toBytes());
    }

    private static Hash singleton(String kind) {
        return Hash.of(DomainTag.LEDGER_KEY, new CanonicalWriter().writeText(kind).toBytes());
    }
}
