package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.Links;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.store.ChainStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * What the hub works with.
 *
 * @param links with the node's key
 * @param port where this node accepts links; 0: nowhere
 * @param blocking where sessions may read the store
 * @param verifyAhead verifies the signatures of a block on another thread
 * @param status where the hub shows what it knows
 * @param clock what to do when the clock is off (a message) or right again (empty)
 */
public record HubParts(
        Genesis genesis,
        PeerSettings settings,
        Links links,
        int port,
        ActorRef<ChainActor.Command> chain,
        ChainStore store,
        Supplier<ChainView> view,
        InstantSource time,
        Executor blocking,
        DispatcherSelector sessions,
        Consumer<BareBlock> verifyAhead,
        Shown<HubStatus> status,
        Consumer<Optional<String>> clock) {}
