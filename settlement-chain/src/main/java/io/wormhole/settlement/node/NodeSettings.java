package io.wormhole.settlement.node;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.mempool.MempoolLimits;
import io.wormhole.settlement.peer.PeerSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a node of the settlement network runs. Every node is a full node; mining and voting come on
 * top.
 *
 * @param genesis the network
 * @param database where the chain is stored
 * @param nodeKey by which peers know this node; holds no money
 * @param miner who is paid for blocks; empty: the node does not mine
 * @param validator the key of its stake; empty: the node does not vote
 * @param peers how it meets others
 * @param mempool how many transactions may wait
 * @param trusted a checkpoint from outside that the chain must contain
 * @param clock the machine's clock
 * @param cachedNodes state nodes kept in memory, about 300 bytes each
 * @param history how many old states it keeps
 */
public record NodeSettings(
        Genesis genesis,
        DatabaseSettings database,
        KeyPair nodeKey,
        Optional<Address> miner,
        Optional<KeyPair> validator,
        PeerSettings peers,
        MempoolLimits mempool,
        Optional<Checkpoint> trusted,
        InstantSource clock,
        int cachedNodes,
        History history) {
    private static final int CACHED_NODES = 20_000;

    /** A full node that neither mines nor votes. */
    public static NodeSettings full(
            Genesis genesis, Path database, KeyPair nodeKey, PeerSettings peers) {
        return full(genesis, DatabaseSettings.h2(database), nodeKey, peers);
    }

    /** The same with any database. */
    public static NodeSettings full(
            Genesis genesis, DatabaseSettings database, KeyPair nodeKey, PeerSettings peers) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                Optional.empty(),
                Optional.empty(),
                peers,
                MempoolLimits.defaults(),
                Optional.empty(),
                InstantSource.system(),
                CACHED_NODES,
                History.FULL);
    }

    /** The same, mining for {@code producer}. */
    public NodeSettings withMiner(Address producer) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                Optional.of(producer),
                validator,
                peers,
                mempool,
                trusted,
                clock,
                cachedNodes,
                history);
    }

    /** The same, voting with {@code key}. */
    public NodeSettings withValidator(KeyPair key) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                miner,
                Optional.of(key),
                peers,
                mempool,
                trusted,
                clock,
                cachedNodes,
                history);
    }

    /** The same, with a checkpoint from outside. */
    public NodeSettings withTrusted(Checkpoint checkpoint) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                miner,
                validator,
                peers,
                mempool,
                Optional.of(checkpoint),
                clock,
                cachedNodes,
                history);
    }

    /** The same, meeting others in another way. */
    public NodeSettings withPeers(PeerSettings other) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                miner,
                validator,
                other,
                mempool,
                trusted,
                clock,
                cachedNodes,
                history);
    }

    /** The same, with another clock. */
    public NodeSettings withClock(InstantSource other) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                miner,
                validator,
                peers,
                mempool,
                trusted,
                other,
                cachedNodes,
                history);
    }

    /** The same, with another number of old states. */
    public NodeSettings withHistory(History other) {
        return new NodeSettings(
                genesis,
                database,
                nodeKey,
                miner,
                validator,
                peers,
                mempool,
                trusted,
                clock,
                cachedNodes,
                other);
    }
}
