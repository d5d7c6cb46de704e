package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StableReferencesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ActorTestKit KIT = ActorTestKit.create("stable-references");
    private static final AtomicInteger TREES = new AtomicInteger();

    private final String tree = "line" + TREES.incrementAndGet();
    private final TestProbe<String> heard = KIT.createTestProbe();
    private final TestProbe<ChildReply> replies = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private Behavior<String> printer() {
        return Behaviors.receive(String.class)
                .onMessageEquals(
                        "crash",
                        () -> {
                            throw new IllegalStateException("paper jam");
                        })
                .onAnyMessage(
                        page -> {
                            heard.ref().tell(page);
                            return Behaviors.same();
                        })
                .build();
    }

    private SupervisorSpec.Builder devices(ChildSpec printer) {
        return SupervisorSpec.named("devices")
                .intensity(1_000_000, Duration.ofSeconds(5))
                .child(printer);
    }

    private ActorRef<SupervisorCommand> start(ChildSpec printer) {
        return KIT.spawn(
                Supervisor.create(
                        SupervisorSpec.named(tree)
                                .intensity(100, Duration.ofSeconds(5))
                                .child(devices(printer).build())
                                .build()));
    }

    private ActorRef<String> reference() {
        return StableReferences.get(KIT.system()).to("/" + tree + "/devices/printer");
    }

    private void expect(String... pages) {
        for (String page : pages) {
            assertThat(heard.receiveMessage(PATIENCE)).isEqualTo(page);
        }
    }

    /** Refusals on the event stream, from now on. */
    private TestProbe<SupervisionEvent.MessageRefused> refusals() {
        TestProbe<SupervisionEvent.MessageRefused> refused = KIT.createTestProbe();
        SupervisionEvent.MessageRefused first =
                new SupervisionEvent.MessageRefused("", "", "subscribed");
        KIT.system()
                .eventStream()
                .tell(
                        new EventStream.Subscribe<>(
                                SupervisionEvent.MessageRefused.class, refused.ref()));
        KIT.system().eventStream().tell(new EventStream.Publish<>(first));
        refused.expectMessage(PATIENCE, first);
        return refused;
    }

    @Test
    void referenceSurvivesTheRestartOfItsChild() {
        start(ChildSpec.worker("printer", this::printer));
        ActorRef<String> printer = reference();

        printer.tell("one");
        printer.tell("crash");
        printer.tell("two");

        expect("one", "two");
        assertThat(reference()).isEqualTo(printer);
    }

    @Test
    void referenceMayBeOlderThanItsTree() {
        ActorRef<String> printer = reference();
        printer.tell("early");

        start(ChildSpec.worker("printer", this::printer));

        expect("early");
    }

    @Test
    void referenceSurvivesTheRestartOfItsSupervisorAndOfTheTree() {
        ActorRef<SupervisorCommand> root = start(ChildSpec.worker("printer", this::printer));
        ActorRef<String> printer = reference();
        printer.tell("one");
        expect("one");

        root.tell(new SupervisorCommand.TerminateChild("devices", replies.ref()));
        replies.expectMessage(PATIENCE, new ChildReply.Done("devices"));
        printer.tell("two");
        root.tell(new SupervisorCommand.RestartChild("devices", replies.ref()));
        expect("two");

        root.tell(new SupervisorCommand.Shutdown());
        heard.expectTerminated(root, PATIENCE);
        printer.tell("three");
        start(ChildSpec.worker("printer", this::printer));
        expect("three");
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsReportedAndAnswered() {
        ActorRef<SupervisorCommand> root =
                start(
                        ChildSpec.worker("printer", this::printer)
                                .whileDown(
                                        WhileDown.queue(2)
                                                .orRefuse(
                                                        String.class,
                                                        (page, why) ->
                                                                heard.ref().tell("no " + page))));
        TestProbe<SupervisionEvent.MessageRefused> refused = refusals();
        ActorRef<String> printer = reference();
        printer.tell("zero");
        expect("zero");
        takeDown(root);

        List.of("one", "two", "three").forEach(printer::tell);

        expect("no three");
        assertThat(refused.receiveMessage(PATIENCE).path())
                .isEqualTo("/" + tree + "/devices/printer");
        bringUp(root);
        expect("one", "two");
    }

    @Test
    void childMayAnswerEverythingWhileItIsDown() {
        ActorRef<SupervisorCommand> root =
                start(
                        ChildSpec.worker("printer", this::printer)
                                .whileDown(
                                        WhileDown.refuse(
                                                String.class,
                                                (page, why) -> heard.ref().tell(why))));
        ActorRef<String> printer = reference();
        printer.tell("zero");
        expect("zero");
        takeDown(root);

        printer.tell("one");

        expect("/" + tree + "/devices/printer is down and its queue of 0 is full");
    }

    @Test
    void instanceOfADynamicSupervisorHasAReferenceToo() {
        ActorRef<SupervisorCommand> jobs =
                KIT.spawn(
                        Supervisor.create(
                                SupervisorSpec.named("jobs")
                                        .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                                        .child(ChildSpec.worker("job", this::printer))
                                        .build(),
                                SupervisionSettings.defaults().withRootPath("/acme/" + tree)));
        jobs.tell(new SupervisorCommand.StartInstance("j 1", null, replies.ref()));
        replies.expectMessageClass(ChildReply.Started.class, PATIENCE);
        ActorRef<String> job = StableReferences.get(KIT.system()).to("/acme/" + tree + "/j 1");

        job.tell("crash");
        job.tell("one");

        expect("one");
    }

    @Test
    void releaseRefusesWhatIsKept() {
        ActorRef<String> printer = reference();
        TestProbe<SupervisionEvent.MessageRefused> refused = refusals();
        printer.tell("one");

        StableReferences.get(KIT.system()).release("/" + tree);

        assertThat(refused.receiveMessage(PATIENCE).why()).contains("released");
        assertThat(reference()).isNotEqualTo(printer);
    }

    @Test
    void noMessageIsLostOrReorderedByCrashes() {
        SplittableRandom random = new SplittableRandom(20261120);
        start(ChildSpec.worker("printer", this::printer).whileDown(WhileDown.queue(100_000)));
        ActorRef<String> printer = reference();
        printer.tell("zero");
        expect("zero");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(50) == 0) {
                printer.tell("crash");
            } else {
                String page = "page " + i;
                printer.tell(page);
                sent.add(page);
            }
        }

        List<String> received = new ArrayList<>();
        while (received.size() < sent.size()) {
            received.add(heard.receiveMessage(PATIENCE));
        }

        assertThat(received).isEqualTo(sent);
    }

    private void takeDown(ActorRef<SupervisorCommand> root) {
        devices(root).tell(new SupervisorCommand.TerminateChild("printer", replies.ref()));
        replies.expectMessage(PATIENCE, new ChildReply.Done("printer"));
    }

    private void bringUp(ActorRef<SupervisorCommand> root) {
        devices(root).tell(new SupervisorCommand.RestartChild("printer", replies.ref()));
        replies.expectMessageClass(ChildReply.Started.class, PATIENCE);
    }

    private ActorRef<SupervisorCommand> devices(ActorRef<SupervisorCommand> root) {
        assertThat(root).isNotNull();
        return StableReferences.get(KIT.system()).to("/" + tree + "/devices");
    }
}
