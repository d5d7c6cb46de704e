package io.wormhole.settlement.node;

import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.consensus.WeakSubjectivity;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.time.Duration;

/** The store of a node and the chain in it. */
record OpenedChain(ChainStore store, Chain chain) {
    private static final long RECENT_NODE_BYTES = 4L << 20;

    static OpenedChain open(NodeSettings settings) {
        ChainStore store =
                ChainStore.open(
                        settings.database(), settings.genesis().networkId(), RECENT_NODE_BYTES);
        try {
            NodeCache nodes = new NodeCache(store, settings.cachedNodes());
            Chain chain =
                    Chain.open(
                            settings.genesis(),
                            store,
                            nodes,
                            settings.trusted(),
                            settings.history());
            requireFresh(settings, chain);
            return new OpenedChain(store, chain);
        } catch (RuntimeException refused) {
            store.close();
            throw refused;
        }
    }

    private static void requireFresh(NodeSettings settings, Chain chain) {
        var rules = settings.genesis().parameters().finality();
        long spacing = settings.genesis().parameters().pacing().targetSpacingMillis();
        long withdrawal = WeakSubjectivity.boundMillis(spacing, rules);
        StoredBlock last = chain.finalBlock();
        boolean isRecent =
                last.index().height() == 0
                        || WeakSubjectivity.isForTryingOut(spacing, rules)
                        || !WeakSubjectivity.isTooOld(
                                last.header().timeMillis(),
                                settings.clock().millis(),
                                spacing,
                                rules);
        long finalEpoch = last.index().height() / rules.epochLength();
        boolean hasNewer =
                settings.trusted().filter(given -> given.epoch() > finalEpoch).isPresent();
        if (!isRecent && !hasNewer) {
            throw new NodeStartRefused(
                    "this node was off for longer than a stake is bound ("
                            + Duration.ofMillis(withdrawal)
                            + "), so it cannot tell the true chain from one made with old keys:"
                            + " give it a checkpoint (epoch:hash) above epoch "
                            + finalEpoch
                            + " from somebody you trust");
        }
    }
}
