package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.relay.Rebuilt;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

/** Carries out what the {@link Synchronisation} decides; for the hub's thread. */
final class SyncPerformer {
    private static final int LATE_POINTS = 25;

    private final ActorRef<ChainActor.Command> chain;
    private final Answers answers;
    private final PeerTable peers;
    private final BiConsumer<Peer, String> misbehaved;
    private final SignaturesAhead ahead;
    private final Logger log;

    /** Where the chain's answers go. */
    record Answers(ActorRef<ImportResult> imported, ActorRef<Rebuilt> rebuilt) {}

    /**
     * A performer.
     *
     * @param misbehaved what becomes of a peer that did what no honest one does
     */
    SyncPerformer(
            ActorRef<ChainActor.Command> chain,
            Answers answers,
            PeerTable peers,
            BiConsumer<Peer, String> misbehaved,
            SignaturesAhead ahead,
            Logger log) {
        this.chain = chain;
        this.answers = answers;
        this.peers = peers;
        this.misbehaved = misbehaved;
        this.ahead = ahead;
        this.log = log;
    }

    void perform(SyncStep<LinkKey> step) {
        if (step instanceof SyncStep.Ask<LinkKey> ask) {
            peers.send(ask.peer(), Messages.of(ask));
        } else if (step instanceof SyncStep.Rebuild<LinkKey> rebuild) {
            chain.tell(
                    new ChainActor.Rebuild(rebuild.compact(), rebuild.sent(), answers.rebuilt()));
        } else if (step instanceof SyncStep.Import<LinkKey> ready) {
            chain.tell(new ChainActor.Import(ready.block(), answers.imported()));
            ahead.handedOver(ready.block());
        } else if (step instanceof SyncStep.Ahead<LinkKey> ahead) {
            log.warn(
                    "Block {} of peer {} is more than 9 minutes ahead of this node's clock: check both clocks",
                    ahead.header().height(),
                    ahead.peer());
        } else if (step instanceof SyncStep.Late<LinkKey> late) {
            peers.find(late.peer())
                    .filter(peer -> peer.loses(LATE_POINTS))
                    .ifPresent(
                            peer -> misbehaved.accept(peer, "requests were not answered in time"));
        } else if (step instanceof SyncStep.Punish<LinkKey> punish) {
            peers.find(punish.peer()).ifPresent(peer -> misbehaved.accept(peer, punish.why()));
        }
    }
}
