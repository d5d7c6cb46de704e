package io.wormhole.settlement.node;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainNews;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One of several nodes in processes of their own; each mines and votes with a quarter of the stake.
 * It says where it stands, and takes transactions and addresses of others on its standard input.
 */
public final class NetworkProcess {
    static final int NODES = 4;
    private static final Amount DSD = Amount.of(1_000_000_000L);

    private NetworkProcess() {}

    static KeyPair key(int number) {
        return TestNetwork.nodeKey(100 + number);
    }

    /** The network of these nodes; they share the time of its beginning. */
    static Genesis genesis(long timeMillis) {
        Map<Address, Amount> accounts = new TreeMap<>();
        Map<Address, Amount> stakes = new TreeMap<>();
        for (int number = 0; number < NODES; number++) {
            accounts.put(key(number).address(), DSD.times(1000));
            stakes.put(key(number).address(), DSD.times(100));
        }
        return Genesis.development(timeMillis, accounts, stakes);
    }

    /** Arguments: folder, number, time of genesis, port, how far the clock is off in seconds. */
    public static void main(String[] arguments) throws IOException {
        int number = Integer.parseInt(arguments[1]);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "network-process");
        NodeSettings settings =
                NodeSettings.full(
                                genesis(Long.parseLong(arguments[2])),
                                Path.of(arguments[0]).resolve("node-" + number),
                                TestNetwork.nodeKey(number + 1),
                                PeerSettings.of(
                                        "127.0.0.1", Integer.parseInt(arguments[3]), List.of()))
                        .withClock(clock(Long.parseLong(arguments[4])))
                        .withMiner(key(number).address())
                        .withValidator(key(number));
        SettlementNode node = SettlementNode.start(system, settings).toCompletableFuture().join();
        say("PORT " + node.address().getPort());
        ActorSystem<?> anySystem = system;
        anySystem.systemActorOf(
                Behaviors.<ChainNews>setup(
                        context -> {
                            node.chain().tell(new ChainActor.Subscribe(context.getSelf()));
                            return Behaviors.receiveMessage(
                                    news -> {
                                        tell(news);
                                        return Behaviors.same();
                                    });
                        }),
                "news",
                org.apache.pekko.actor.typed.Props.empty());
        node.ended()
                .thenAccept(
                        end -> {
                            say("ENDED " + end.reason());
                            Runtime.getRuntime().halt(1);
                        });
        listen(node);
    }

    private static InstantSource clock(long offSeconds) {
        return () -> Instant.now().plusSeconds(offSeconds);
    }

    private static void tell(ChainNews news) {
        if (news instanceof ChainNews.HeadMoved moved) {
            ChainView view = moved.view();
            say(
                    "HEAD %d %s %d %s %s"
                            .formatted(
                                    view.head().index().height(),
                                    view.head().index().hash(),
                                    view.finalBlock().index().height(),
                                    view.finalBlock().index().hash(),
                                    view.headLedger().supply().isBalanced()));
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void listen(SettlementNode node) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        while (line != null) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "DIAL" -> node.dial(PeerEndpoint.of("127.0.0.1", Integer.parseInt(words[1])));
                case "SUBMIT" ->
                        node.settlement().submit(SignedTransaction.decode(Bytes.ofHex(words[1])));
                case "ASK" ->
                        Stream.of(words)
                                .skip(1)
                                .map(Integer::parseInt)
                                .map(other -> balance(node, other))
                                .forEach(CompletableFuture::join);
                case "STATUS" -> say("PAUSED " + node.status().paused().orElse(""));
                case "HEIGHT" -> say("HEIGHT " + node.status().head().height());
                default -> throw new IllegalArgumentException(line);
            }
            line = in.readLine();
        }
        Runtime.getRuntime().halt(0);
    }

    private static CompletableFuture<Void> balance(SettlementNode node, int other) {
        return node.settlement()
                .account(key(other).address(), Certainty.FINAL)
                .thenAccept(
                        account ->
                                say(
                                        "NONCE %d %d"
                                                .formatted(
                                                        other,
                                                        account.map(a -> a.nonce().value())
                                                                .orElse(0L))))
                .toCompletableFuture();
    }
}
