package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.wormhole.supervision.SpecFault.Code;
import io.wormhole.supervision.policy.AutoShutdown;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Shutdown;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class SupervisorSpecTest {

    private static ChildSpec worker(String id) {
        return ChildSpec.worker(id, Behaviors::empty);
    }

    @Test
    void defaultsAreThoseOfOtp() {
        SupervisorSpec spec = SupervisorSpec.named("s").child(worker("w")).build();
        ChildSpec subtree = ChildSpec.supervisor(spec);

        assertThat(spec.strategy()).isEqualTo(Strategy.ONE_FOR_ONE);
        assertThat(spec.intensity()).isEqualTo(1);
        assertThat(spec.period()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.autoShutdown()).isEqualTo(AutoShutdown.NEVER);
        assertThat(worker("w").restart()).isEqualTo(Restart.PERMANENT);
        assertThat(worker("w").shutdown()).isEqualTo(Shutdown.timeout(Duration.ofSeconds(5)));
        assertThat(worker("w").significant()).isFalse();
        assertThat(subtree.shutdown()).isEqualTo(Shutdown.infinity());
        assertThat(subtree.id()).isEqualTo("s");
    }

    @Test
    void badSpecIsRefusedWithEveryFault() {
        SupervisorSpec.Builder bad =
                SupervisorSpec.named("li/ne")
                        .strategy(Strategy.SIMPLE_ONE_FOR_ONE)
                        .intensity(-1, Duration.ZERO)
                        .child(worker("a"))
                        .child(worker("a"))
                        .child(worker(" ").asSignificant());

        assertThatThrownBy(bad::build)
                .asInstanceOf(type(InvalidSpecException.class))
                .satisfies(
                        refused ->
                                assertThat(refused.faults())
                                        .extracting(SpecFault::code)
                                        .containsExactly(
                                                Code.INVALID_ID,
                                                Code.INVALID_INTENSITY,
                                                Code.INVALID_PERIOD,
                                                Code.NOT_ONE_TEMPLATE,
                                                Code.DUPLICATE_ID,
                                                Code.INVALID_ID,
                                                Code.SIGNIFICANT_UNDER_NEVER,
                                                Code.SIGNIFICANT_PERMANENT));
    }

    @Test
    void faultSaysWhereAndWhatIsAllowed() {
        assertThatThrownBy(
                        () -> SupervisorSpec.named("s").intensity(-3, Duration.ofDays(1)).build())
                .hasMessage("s: intensity must be zero or more, got -3");
    }

    @Test
    void longIdIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> SupervisorSpec.named("s").child(worker("x".repeat(5000))).build())
                .hasMessageContaining("1 to 200 characters");
    }

    @Test
    void sameFactoryIsTheSameCode() {
        ChildFactory factory = self -> Behaviors.empty();
        ChildSpec first = ChildSpec.worker("w", factory);
        ChildSpec second = ChildSpec.worker("w", factory).temporary();

        assertThat(first.sameCode(second)).isTrue();
        assertThat(first.version("1").sameCode(second.version("2"))).isFalse();
        assertThat(first).isEqualTo(ChildSpec.worker("w", factory)).isNotEqualTo(second);
    }

    @Test
    void actorNameOfAnIdIsReversible() {
        for (String id :
                new String[] {"plain-1_2.x", "a b", "a+b", "a%20b", "käse", "$x", "\uD83D\uDE80"}) {
            assertThat(ActorNames.toId(ActorNames.ofId(id))).isEqualTo(id);
            assertThat(org.apache.pekko.actor.ActorPath.isValidPathElement(ActorNames.ofId(id)))
                    .isTrue();
        }
    }
}
