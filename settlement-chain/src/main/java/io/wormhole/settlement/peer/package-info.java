/**
 * The other nodes: sessions, sync, gossip, scores. The rule to keep: a peer can cost this node only
 * what it spends itself, so every message, queue and wait is bounded. Start at {@link
 * io.wormhole.settlement.peer.PeerHub}, then {@link io.wormhole.settlement.peer.SyncPlan}.
 */
@NullMarked
package io.wormhole.settlement.peer;

import org.jspecify.annotations.NullMarked;
