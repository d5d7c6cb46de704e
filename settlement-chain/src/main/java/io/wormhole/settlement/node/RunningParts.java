package io.wormhole.settlement.node;

import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.chain.Shown;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.store.ChainStore;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** What the doors of a running node share. */
record RunningParts(
        ActorSystem<?> system,
        Genesis genesis,
        ChainStore store,
        Shown<ChainView> view,
        ActorRef<ChainActor.Command> chain,
        Executor reads) {
    static final String CHAIN_DISPATCHER = "wormhole.settlement.chain-dispatcher";
    static final String READ_DISPATCHER = "wormhole.settlement.read-dispatcher";
    static final String WORK_DISPATCHER = "wormhole.settlement.work-dispatcher";

    private static final AtomicLong NAMES = new AtomicLong();

    /** A name that no other actor of this process has. */
    static String unique(String kind) {
        return kind + "-" + NAMES.incrementAndGet();
    }

    String uniqueName(String kind) {
        return unique(kind);
    }
}
