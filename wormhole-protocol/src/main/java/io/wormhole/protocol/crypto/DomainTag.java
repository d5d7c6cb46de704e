package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * What a hash or signature is for. The tag's bytes {@code wormhole/<thing>/1\0} go in front of what
 * is hashed or signed, so that nothing made for one purpose is valid for another.
 */
public enum DomainTag {
    ADDRESS("address"),
    BLOCK("block"),
    CHANNEL_ANNOUNCEMENT("channel-announcement"),
    CHANNEL_CLOSE("channel-close"),
    CHANNEL_DELEGATE("channel-delegate"),
    CHANNEL_DEPOSIT("channel-deposit"),
    CHANNEL_ID("channel-id"),
    CHANNEL_STATE("channel-state"),
    CHANNEL_TERMS("channel-terms"),
    CHANNEL_WITHDRAWAL("channel-withdrawal"),
    CONTRACT_ADDRESS("contract-address"),
    CONTRACT_CODE("contract-code"),
    CONTRACT_MESSAGE("contract-message"),
    CONTRACT_STATE("contract-state"),
    DELIVERY("delivery"),
    ENTROPY("entropy"),
    GENESIS("genesis"),
    INVOICE("invoice"),
    ISA("isa"),
    JOB("job"),
    LEDGER_KEY("ledger-key"),
    MAP_BRANCH("map-branch"),
    MAP_LEAF("map-leaf"),
    MAP_VALUE("map-value"),
    NAME_COMMITMENT("name-commitment"),
    ORACLE_EVIDENCE("oracle-evidence"),
    ORACLE_ID("oracle-id"),
    PROOF_OF_WORK("proof-of-work"),
    SESSION("session"),
    SHORT_ID("short-id"),
    TRANSACTION("transaction"),
    WATCH_RECEIPT("watch-receipt"),
    WITNESS("witness"),
    WORMHOLE_ID("wormhole-id");

    private final Bytes prefix;

    DomainTag(String thing) {
        this.prefix = Bytes.of(("wormhole/" + thing + "/1\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** The tag's ASCII bytes with the closing zero byte. */
    public Bytes prefix() {
        return prefix;
    }
}
