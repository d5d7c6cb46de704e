package io.wormhole.settlement.node;

import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A miner and validator in a process of its own, which says what it has acknowledged. */
public final class NodeProcess {
    private NodeProcess() {}

    /** Argument: the folder of the database. */
    public static void main(String[] arguments) {
        try {
            run(arguments[0]);
        } catch (RuntimeException failure) {
            System.err.println(failure);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String folder) {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "node-process");
        TestNetwork network = new TestNetwork(system, Path.of(folder));
        SettlementNode node = network.startMiner(1);
        node.ended().thenAccept(NodeProcess::sayTheEnd);
        ActorSystem<?> anySystem = system;
        anySystem
                .systemActorOf(speaker(), "speaker", DispatcherSelector.defaultDispatcher())
                .tell(node);
    }

    // Whichever part of it learns first that nothing can be stored.
    private static void sayTheEnd(NodeEnd end) {
        System.out.println("FAILED " + end.reason());
        System.out.flush();
    }

    private static Behavior<SettlementNode> speaker() {
        return Behaviors.receive(
                (context, node) -> {
                    node.chain()
                            .tell(
                                    new ChainActor.Subscribe(
                                            context.spawn(
                                                    Behaviors.receiveMessage(NodeProcess::say),
                                                    "news")));
                    return Behaviors.same();
                });
    }

    private static Behavior<ChainNews> say(ChainNews news) {
        if (news instanceof ChainNews.HeadMoved moved) {
            ChainView view = moved.view();
            System.out.println(
                    "HEAD "
                            + view.head().index().height()
                            + " "
                            + view.head().index().hash()
                            + " "
                            + view.finalBlock().index().height());
        } else if (news instanceof ChainNews.TransactionPooled pooled
                && pooled.transaction().transaction().body() instanceof FinalityTransaction.Vote) {
            System.out.println("VOTE " + pooled.transaction().encoded().toHex());
        }
        System.out.flush();
        return Behaviors.same();
    }
}
